import type { Format } from '../../formats/format.js';
import type { Artifact, InspectedArtifact, Inspection } from '../../model/artifact.js';
import type { Plan } from '../../model/plan.js';
import type { Problem } from '../../model/problem.js';
import type { UpstreamSite } from '../../model/upstream.js';
import type { InspectRequest, Inspector } from '../ports/inspector.js';
import type { Progress } from '../ports/log.js';

/** Creates a function that reads artifacts, and keeps the results for later attempts at a changed site. */
export function createArtifactReader<Index, I extends Inspection, P extends Plan, O>(
  { name: format, reading: rules }: Format<Index, I, P, O>,
  inspector: Inspector,
  progress: Progress,
) {
  const known = new Map<Artifact, I>();
  return async (
    artifacts: readonly Artifact[],
    index: Index,
    upstream: readonly UpstreamSite<Index>[],
  ): Promise<{ inspected: readonly InspectedArtifact<I>[]; problems: readonly Problem[] }> => {
    const problems: Problem[] = [];
    const unread = artifacts.flatMap((artifact) => {
      const { file } = artifact;
      const reading = rules?.readingOf(artifact, index, upstream) ?? { sitePath: file, knownChecksums: [] };
      const inspection = known.get(artifact);
      const isEnough = inspection !== undefined && (rules?.isEnough(inspection, reading) ?? true);
      return isEnough ? [] : [{ artifact, reading }];
    });
    const requests = unread.map(({ artifact: { file, size }, reading }): InspectRequest => ({
      task: 'inspect',
      format,
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
    for (const [at, { artifact }] of unread.entries()) {
      const result = results[at];
      if (result && 'problem' in result) problems.push(result.problem);
      // The reader of this same format has created it, possibly in another thread.
      else if (result) known.set(artifact, result.inspection as I);
    }
    const inspected = artifacts.flatMap((artifact) => {
      const inspection = known.get(artifact);
      return inspection === undefined ? [] : [{ artifact, inspection }];
    });
    return { inspected, problems };
  };
}
