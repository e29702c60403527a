import { describeFile, listSite } from '../../app/list.js';
import { formatsNamed } from '../../formats/registry.js';
import { count } from '../../model/humanize.js';
import { detailsResult, listingResult, renderDetails, renderListing } from '../../report/listing.js';
import { resolveList, type ListRun } from '../../settings/list-settings.js';
import type { Command } from './command.js';
import { reading } from './places.js';

interface Checked extends ListRun {
  readonly json: boolean;
}

/** The command `list`: shows the files of a site, or all that its index states about one of them. */
export const list: Command<Checked> = {
  parse: ({ values, files, problems }, { nameOf, loginFor }) => ({
    ...resolveList(values, files, { nameOf, loginFor, faults: problems }),
    json: values['json'] === true,
  }),

  async run({ json, file, ...run }, world) {
    const { log, paint, print } = world;
    const formats = formatsNamed(run.format);
    const asJson = (result: object) => `${JSON.stringify(result)}\n`;
    if (file !== undefined) {
      const details = await reading(run, world, (source) => describeFile(source, formats, file, run, log));
      print(json ? asJson(detailsResult(details)) : renderDetails(details, paint));
      return { isFailed: false };
    }
    const listing = await reading(run, world, (source) => listSite(source, formats, run, log));
    print(json ? asJson(listingResult(listing)) : renderListing(listing));
    const { files, hidden, site } = listing;
    if (!json && files.length === 0) log.info(`The site does not offer any file: ${site}.`);
    if (!json && hidden > 0)
      log.info(
        `${count(hidden, 'obsolete file is', 'obsolete files are')} not listed (--obsolete lists all).`,
      );
    return { isFailed: false };
  },
};
