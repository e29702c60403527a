/** How dependencies are detected: from the classes that a jar references, from its POM, or not at all. */
export const DEPENDENCY_MODES = ['auto', 'pom', 'none'] as const;
export type DependencyMode = (typeof DEPENDENCY_MODES)[number];
