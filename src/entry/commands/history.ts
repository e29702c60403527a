import { readHistory } from '../../app/read-history.js';
import { requireFormat } from '../../app/read-index.js';
import { formatsNamed } from '../../formats/registry.js';
import type { PastPublication } from '../../model/past-publication.js';
import { historyResult, renderHistory } from '../../report/history.js';
import { resolveHistory, type HistoryRun } from '../../settings/rollback-settings.js';
import type { Command } from './command.js';
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

  run: ({ run, asJson }, world) =>
    reading(run, world, async (source) => {
      const { description } = source;
      const site = await source.open(false);
      const found = await requireFormat(site, formatsNamed(run.format), description);
      const { name, publications } = await found(async (format) => ({
        name: format.name,
        publications: await newestOf(readHistory(format, site), run.limit),
      }));
      world.print(
        asJson
          ? `${JSON.stringify(historyResult(description, name, publications))}\n`
          : renderHistory(publications, world.paint),
      );
      return { isFailed: false };
    }),
};

/** Returns the first publications, without their indexes, which may be large. */
async function newestOf(
  history: AsyncIterable<PastPublication>,
  limit: number,
): Promise<readonly PastPublication[]> {
  const newest: PastPublication[] = [];
  for await (const { timestamp, date, commit, author, subject, changes } of history) {
    newest.push({ timestamp, date, commit, author, subject, changes });
    if (newest.length === limit) break;
  }
  return newest;
}
