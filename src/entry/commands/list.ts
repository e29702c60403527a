import { describeFile, listSite } from '../../app/list.js';
import { unknownIn } from '../../app/read-state.js';
import { formatsNamed } from '../../formats/registry.js';
import { count } from '../../model/humanize.js';
import type { Listing } from '../../model/listing.js';
import { detailsResult, listingResult } from '../../report/listing-result.js';
import { renderDetails, renderListing } from '../../report/listing.js';
import { resolveList, type ListRun } from '../../settings/list-settings.js';
import type { Command } from './command.js';
import { reading, resolvedPlace } from './places.js';

interface Checked extends ListRun {
  readonly json: boolean;
}

/** The command `list`: shows the files of a site, or all that its index states about one of them. */
export const list: Command<Checked> = {
  parse: ({ values, files, problems }, { nameOf, loginFor }) => ({
    ...resolveList(values, files, { nameOf, loginFor, faults: problems }),
    json: values['json'] === true,
  }),

  async run({ json, file, ...given }, world) {
    const { cwd, log, paint, print } = world;
    const run = { ...given, ...(await resolvedPlace(given, cwd)) };
    const formats = formatsNamed(run.format);
    const asJson = (result: object) => `${JSON.stringify(result)}\n`;
    const noteOn = ({ isExact }: Pick<Listing, 'isExact'>) => {
      if (!json && !isExact) log.info(unknownIn('this state'));
    };
    if (file !== undefined) {
      const details = await reading(run, world, (source) => describeFile(source, formats, file, run, log));
      noteOn(details);
      print(json ? asJson(detailsResult(details)) : renderDetails(details, paint));
      return { isFailed: false };
    }
    const listing = await reading(run, world, (source) => listSite(source, formats, run, log));
    print(json ? asJson(listingResult(listing)) : renderListing(listing));
    const { files, hidden, site } = listing;
    noteOn(listing);
    if (!json && files.length === 0) log.info(`The site does not offer any file: ${site}.`);
    if (!json && hidden > 0)
      log.info(
        `${count(hidden, 'obsolete file is', 'obsolete files are')} not listed (--obsolete lists all).`,
      );
    return { isFailed: false };
  },
};
