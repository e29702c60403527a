import type { DependencySources } from '../../formats/dependencies.js';
import type { FormatName } from '../../model/format-name.js';
import type { JarToRead } from '../../model/artifact.js';
import type { MavenRepository, RepositoryJar } from '../../model/maven.js';
import type { Problem } from '../../model/problem.js';
import type { Inspector } from '../ports/inspector.js';
import type { Progress } from '../ports/log.js';

/** Creates what a format needs to find dependencies: a Maven repository, and functions that read jars. */
export function createDependencySources(
  format: FormatName,
  repository: MavenRepository,
  inspector: Inspector,
  progress: Progress,
): DependencySources & { readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  return {
    /** Problems with the jars that were analyzed. */
    problems,
    repository,

    async analyze(jars: readonly JarToRead[]): Promise<ReadonlyMap<string, unknown>> {
      const task = progress.start(
        'Detecting dependencies',
        jars.reduce((sum, { size }) => sum + size, 0),
      );
      const requests = jars.map((jar) => ({ task: 'analyze' as const, format, ...jar }));
      const results = await inspector.analyzeAll(requests, (bytes) => {
        task.advance(bytes);
      });
      task.done();
      const analyses = new Map<string, unknown>();
      for (const [at, { file }] of jars.entries()) {
        const result = results[at];
        if (result && 'analysis' in result) analyses.set(file, result.analysis);
        // A damaged jar of the repository is harmless, since it is not published.
        else if (result)
          problems.push({ ...result.problem, code: 'unreadable-artifact', severity: 'warning' });
      }
      return analyses;
    },

    async checksums(jars: readonly RepositoryJar[]): Promise<ReadonlyMap<string, string>> {
      const requests = jars.map(({ file, size }) => ({
        task: 'inspect' as const,
        format,
        file,
        size,
        sitePath: file,
        knownChecksums: [],
      }));
      const results = await inspector.inspectAll(requests, () => undefined);
      return new Map(
        results.flatMap((result, at) =>
          'inspection' in result ? [[jars[at]?.file ?? '', result.inspection.checksum]] : [],
        ),
      );
    },
  };
}
