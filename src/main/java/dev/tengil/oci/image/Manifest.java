package dev.tengil.oci.image;

import java.util.List;

/** What a registry keeps under a tag. */
public sealed interface Manifest {

    /** One image for each of several platforms; what is no image, such as an attestation, is left out. */
    record Index(List<Descriptor> images) implements Manifest {
        public Index {
            images = List.copyOf(images);
        }
    }

    /**
     * One image.
     *
     * @param layers from the lowest to the highest
     */
    record Image(Descriptor config, List<Descriptor> layers) implements Manifest {
        public Image {
            layers = List.copyOf(layers);
        }
    }

    /** The format of before 2016, which no one can check by digest. */
    record Old() implements Manifest {}
}
