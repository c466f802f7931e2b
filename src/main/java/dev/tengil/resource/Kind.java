package dev.tengil.resource;

import dev.tengil.resource.facts.Facts;
import java.util.List;

/**
 * One kind of resource: how desired, actual and applied become steps. Pure: no I/O, no clock, no randomness.
 *
 * @param <R> its desired record
 */
public interface Kind<R extends Resource> {

    /** The word in addresses: {@code dataset}, {@code container}. */
    String name();

    /** The desired record. */
    Class<R> type();

    /**
     * Compares and decides.
     *
     * @param desired all resources of this kind that the file asks for
     * @param gone resources of this kind in Applied that the file no longer asks for
     */
    KindPlan plan(List<R> desired, List<AppliedResource> gone, PlanContext context);

    /**
     * What marks on the host say belongs to this stack, for {@code tg state rebuild}: with the choices that can be read back, and
     * no fields.
     */
    List<AppliedResource> rebuild(Facts facts, String stack);
}
