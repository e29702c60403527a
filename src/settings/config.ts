import type { SomeFormat } from '../formats/format.js';
import { DEFAULT_CONFIG, type ParsedConfig } from '../model/site-config.js';
import { problemsOf, UserError } from '../model/user-error.js';
import { parseSiteConfig } from './site-config.js';

/** Default paths of the configuration. The first existing one is used. */
const DEFAULT_CONFIGS = [DEFAULT_CONFIG, '.github/update-site.yaml'];

/**
 * Reads the configuration file. Its problems are returned, so that they are reported together with all others.
 *
 * @param given the path that the user gave
 * @param readFile returns the text of a file, or `undefined` if it does not exist; throws a UserError if unreadable
 * @returns `undefined` if the file does not exist, or if the format has no configuration
 */
export async function readConfig(
  format: SomeFormat,
  given: string | undefined,
  readFile: (file: string) => Promise<string | undefined>,
): Promise<ParsedConfig | undefined> {
  const rules = format(({ config }) => config);
  if (!rules) return undefined;
  let file = given ?? '';
  try {
    for (file of given === undefined ? DEFAULT_CONFIGS : [given]) {
      const text = await readFile(file);
      if (text !== undefined) return parseSiteConfig(text, file, rules.platforms);
    }
    if (given === undefined) return undefined;
    throw new UserError('artifact', `The configuration ${file} does not exist.`, {
      hint: 'Check the path: it is relative to the working directory.',
    });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const empty = { file, name: undefined, url: undefined, description: undefined, files: [], problems: {} };
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
