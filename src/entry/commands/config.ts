import { formatNamed } from '../../formats/registry.js';
import { readConfigFile } from '../../io/files/config-file.js';
import { type ParsedConfig } from '../../model/site-config.js';
import { problemsOf, UserError } from '../../model/user-error.js';
import type { RunSettings } from '../../settings/settings.js';
import { parseSiteConfig } from '../../settings/site-config.js';

/** Where the configuration is looked for when nobody says where it is. */
const DEFAULT_CONFIG = '.github/update-site.yml';

/** The settings with what the maintainer says in a file. What is wrong with it is told with everything else. */
export async function withConfig(settings: RunSettings, cwd: string): Promise<RunSettings> {
  const config = await readConfig(settings, cwd);
  return config ? { ...settings, config, siteUrl: settings.siteUrl ?? siteUrlOf(config) } : settings;
}

async function readConfig(
  { configFile, format }: RunSettings,
  cwd: string,
): Promise<ParsedConfig | undefined> {
  // It tells what an index of ImageJ can say.
  if (format !== 'imagej') return undefined;
  const file = configFile ?? DEFAULT_CONFIG;
  try {
    const text = await readConfigFile(cwd, file);
    if (text !== undefined) return parseSiteConfig(text, file, formatNamed(format).platforms);
    if (configFile === undefined) return undefined;
    throw new UserError('artifact', `The configuration ${file} does not exist.`, {
      hint: 'Check the path: it starts at the working directory.',
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const empty = { file, name: undefined, url: undefined, description: undefined, files: [] };
    return {
      config: empty,
      problems: problemsOf(error).map((problem) => ({
        ...problem,
        severity: 'error',
        code: 'bad-config',
        path: file,
      })),
    };
  }
}

/** The updater appends paths to it as it is (spec, section 1). */
function siteUrlOf({ config: { url } }: ParsedConfig): string | undefined {
  return url === undefined || url.endsWith('/') ? url : `${url}/`;
}
