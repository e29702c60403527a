/** How dependencies are found: by the classes that a jar names, by what its POM declares, or not at all. */
export const DEPENDENCY_MODES = ['auto', 'pom', 'none'] as const;
export type DependencyMode = (typeof DEPENDENCY_MODES)[number];
