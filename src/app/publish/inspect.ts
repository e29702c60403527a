import type { AnyFormat } from '../../formats/format.js';
import type { Artifact, InspectedArtifact, Inspection } from '../../model/artifact.js';
import type { Problem } from '../../model/problem.js';
import type { UpstreamSite } from '../../model/upstream.js';
import type { InspectRequest, InspectResult, Inspector } from '../ports/inspector.js';
import type { Progress } from '../ports/log.js';

/** Reads the artifacts, and remembers what it read for a second look at a changed site. */
export function createArtifactReader(format: AnyFormat, inspector: Inspector, progress: Progress) {
  const known = new Map<Artifact, Inspection>();
  return async (
    artifacts: readonly Artifact[],
    index: unknown,
    upstream: readonly UpstreamSite<unknown>[],
  ): Promise<{ inspected: readonly InspectedArtifact[]; problems: readonly Problem[] }> => {
    const problems: Problem[] = [];
    const readings = artifacts.map((artifact) => ({
      artifact,
      reading: format.readingOf(artifact, index, upstream),
    }));
    const unread = readings.filter(({ artifact, reading }) => {
      const inspection = known.get(artifact);
      return inspection === undefined || !format.isInspectionEnough(inspection, reading);
    });
    const requests = unread.map(({ artifact: { file, size }, reading }): InspectRequest => ({
      task: 'inspect',
      format: format.name,
      file,
      size,
      ...reading,
    }));
    const task = progress.start(
      'Reading artifacts',
      requests.reduce((sum, { size }) => sum + size, 0),
    );
    const results = await inspector.inspectAll(requests, (bytes) => {
      task.advance(bytes);
    });
    task.done();
    unread.forEach(({ artifact }, at) => {
      const result = results[at] as InspectResult;
      if ('problem' in result) problems.push(result.problem);
      else known.set(artifact, result.inspection);
    });
    const inspected = artifacts.flatMap((artifact) => {
      const inspection = known.get(artifact);
      return inspection === undefined ? [] : [{ artifact, inspection }];
    });
    return { inspected, problems };
  };
}
