import type { FormatName } from '../model/format-name.js';
import { firstBuild, secondBuild } from './imagej-samples.js';
import { firstPluginBuild, secondPluginBuild } from './jetbrains-samples.js';
import type { SampleFile } from './ports.js';

/** The demonstration of a format. */
export interface Story {
  /** Options for the publication of a build. */
  readonly options: (build: string, url: string) => Readonly<Record<string, string | boolean>>;
  readonly builds: readonly { readonly title: string; readonly files: readonly SampleFile[] }[];
  /** Path that users enter after the address of the site. */
  readonly index: string;
  /** Where users enter the address, for the terminal. */
  readonly enter: string;
  readonly page: {
    readonly title: string;
    /** Describes the folder, in HTML. */
    readonly what: string;
    /** Where users enter the address, in HTML. */
    readonly where: string;
  };
}

/** The demonstrations by format. A format does not need one. */
export const STORIES: Readonly<Partial<Record<FormatName, () => Story>>> = {
  imagej: () => ({
    options: (build) => ({ 'app-dir': build, 'complete-site': true, upstream: 'none' }),
    builds: [
      { title: 'First publication: everything is new.', files: firstBuild() },
      {
        title: 'Second publication: a new version, a new name for the same content, and a removed macro.',
        files: secondBuild(),
      },
    ],
    index: '',
    enter: 'Enter this URL in ImageJ: Help > Update... > Manage Update Sites > Add Unlisted Site.',
    page: {
      title: 'An update site on GitHub Pages',
      what: 'is a complete ImageJ update site: an index, <a href="db.xml.gz"><code>db.xml.gz</code></a>, and each published version of each file',
      where: 'in ImageJ\n(<em>Help › Update… › Manage Update Sites › Add Unlisted Site</em>)',
    },
  }),
  jetbrains: () => ({
    options: (build, url) => ({ files: `${build}/*.zip`, 'site-url': url }),
    builds: [
      { title: 'First publication: two plugins are new.', files: firstPluginBuild() },
      {
        title: 'Second publication: a new version for later IDEs. Earlier IDEs keep the previous version.',
        files: secondPluginBuild(),
      },
    ],
    index: 'updatePlugins.xml',
    enter: 'Enter this URL in the IDE: Settings > Plugins > gear icon > Manage Plugin Repositories.',
    page: {
      title: 'A plugin repository on GitHub Pages',
      what: 'is a complete plugin repository for JetBrains IDEs: an index, <a href="updatePlugins.xml"><code>updatePlugins.xml</code></a>, and the archives of its versions',
      where: 'in the IDE\n(<em>Settings › Plugins › ⚙ › Manage Plugin Repositories</em>)',
    },
  }),
};
