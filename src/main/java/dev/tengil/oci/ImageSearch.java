package dev.tengil.oci;

import java.util.List;

/** Finds images by words, where a registry's makers offer that: it is no part of the distribution specification. */
public interface ImageSearch {

    /** The registry whose images it finds. */
    String registry();

    /**
     * The best first, as the service has them.
     *
     * @param words at least one character
     * @param most hits, at most 100
     */
    List<SearchHit> search(String words, int most, Deadline deadline) throws RegistryException;
}
