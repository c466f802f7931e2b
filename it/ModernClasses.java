import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Gives the classes of these jars the version of Java 8 with the stack maps that belong to it. A jar of classes for Java 5, as picocli is,
 * is left out of Java's AOT cache and verified anew at every start, which took as long as all the rest of {@code tg version}.
 */
void main(String[] jars) throws IOException {
    for (String jar : jars) {
        modernise(Path.of(jar));
    }
}

/** The first version whose classes carry stack maps, and so can be kept verified. */
private static final int WITH_STACK_MAPS = 50;

private static void modernise(Path jar) throws IOException {
    Path fresh = Path.of(jar + ".new");
    boolean changed = false;
    try (ZipFile in = new ZipFile(jar.toFile());
            URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
            ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(fresh))) {
        for (ZipEntry entry : Collections.list(in.entries())) {
            byte[] content = in.getInputStream(entry).readAllBytes();
            if (entry.getName().endsWith(".class") && ByteBuffer.wrap(content).getShort(6) < WITH_STACK_MAPS) {
                content = modern(content, loader);
                changed = true;
            }
            out.putNextEntry(new ZipEntry(entry.getName()));
            out.write(content);
            out.closeEntry();
        }
    }
    if (changed) {
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    } else {
        Files.delete(fresh);
    }
}

private static byte[] modern(byte[] old, ClassLoader loader) {
    // With a new constant pool every method is written anew, not copied without its stack map.
    ClassFile classes = ClassFile.of(
            ClassFile.ConstantPoolSharingOption.NEW_POOL,
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofClassLoading(loader)));
    ClassTransform version = (builder, element) -> builder.with(
            element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
    return classes.transformClass(
            classes.parse(old), version.andThen(ClassTransform.transformingMethodBodies(CodeBuilder::with)));
}
