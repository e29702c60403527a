import { readHistory, withoutIndex } from '../../app/read-history.js';
import { requireFormat } from '../../app/read-index.js';
import { formatsNamed } from '../../formats/registry.js';
import type { FormatName } from '../../model/format-name.js';
import type { PastPublication } from '../../model/past-publication.js';
import { historyResult, noteOnEarlier, renderHistory } from '../../report/history.js';
import { resolveHistory, type HistoryRun } from '../../settings/rollback-settings.js';
import type { Command, World } from './command.js';
import { reading } from './places.js';

interface Checked {
  readonly run: HistoryRun;
  readonly asJson: boolean;
}

/** The command `history`: lists the publications of a site. */
export const history: Command<Checked> = {
  parse: ({ values, files, problems }, context) => ({
    run: resolveHistory(values, files, { ...context, faults: problems }),
    asJson: values['json'] === true,
  }),

  async run({ run, asJson }, world) {
    const { site, format, publications, isComplete } = await readPublications(run, world);
    const more = isComplete ? '' : noteOnEarlier(publications.length, run.limit);
    world.print(
      asJson
        ? `${JSON.stringify(historyResult(site, format, publications, isComplete))}\n`
        : renderHistory(publications, world.paint) + more,
    );
    return { isFailed: false };
  },
};

/** The publications of a site, newest first, with the place of the site in words. */
interface Publications {
  readonly site: string;
  readonly format: FormatName;
  readonly publications: readonly PastPublication[];
  /** Whether the site does not have earlier ones. */
  readonly isComplete: boolean;
}

/**
 * Reads the newest publications of a site.
 *
 * @throws {UserError} if the site cannot be read
 */
export function readPublications(
  run: HistoryRun,
  world: Pick<World, 'cwd' | 'env' | 'log'>,
): Promise<Publications> {
  return reading(run, world, async (source) => {
    const { description } = source;
    const site = await source.open(false);
    const found = await requireFormat(site, formatsNamed(run.format), source, world.log);
    return found(async (format) => ({
      site: description,
      format: format.name,
      ...(await newestOf(readHistory(format, site), run.limit)),
    }));
  });
}

/** Returns the first publications. */
async function newestOf(
  history: ReturnType<typeof readHistory>,
  limit: number,
): Promise<Pick<Publications, 'publications' | 'isComplete'>> {
  const publications: PastPublication[] = [];
  for (;;) {
    const { done, value } = await history.next();
    if (done) return { publications, isComplete: value.isComplete };
    if (publications.length === limit) return { publications, isComplete: false };
    publications.push(withoutIndex(value, value.changes));
  }
}
