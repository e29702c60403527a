import type { ApplicationRules } from '../application.js';
import type { SiteIndex } from './index/site-index.js';
import { storedPath } from './index/stored-path.js';
import { platformName, PLATFORMS } from './layout.js';

/**
 * Files in which updaters keep what is installed, and files that belong to them. Windows ignores periods and spaces at
 * the end of a name, and writes `name:stream` into the file `name`.
 */
const RESERVED = /^(?:db\.xml\.gz(?:\.lock)?|\.checksums)[. ]*(?:[/:]|$)/i;

/** Installs files of a site in an ImageJ folder, as an updater would. */
export const APPLICATION: ApplicationRules<SiteIndex> = {
  platforms: PLATFORMS,
  filesOf: ({ records }) =>
    new Map(
      records.flatMap(({ filename, current, executable, platforms }) =>
        current
          ? [
              [
                storedPath(filename, current.timestamp),
                { isExecutable: executable, platforms: platforms.map(({ text }) => platformName(text)) },
              ],
            ]
          : [],
      ),
    ),
  isReserved: (path) => RESERVED.test(path),
  readme: readmeOf,
};

function readmeOf(siteUrl: string | undefined): string {
  return `Files of an ImageJ update site
${siteUrl === undefined ? '' : `\n    ${siteUrl}\n`}
To install them, unzip this archive into the folder of ImageJ or Fiji, which contains the folders
"jars" and "plugins". Older files of the same names are replaced. Then restart ImageJ.

ImageJ does not update these files by itself. To get updates, add the site:

1. In ImageJ, choose Help > Update...
2. Click "Manage Update Sites", then "Add Unlisted Site".
3. ${siteUrl === undefined ? 'Enter the URL of the site, which its maintainer knows.' : `Enter its URL: ${siteUrl}`}
4. Click "Apply and Close", then "Apply Changes", and restart ImageJ.
`;
}
