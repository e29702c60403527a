import type { FileRule } from '../app/publish/settings.js';
import type { OptionReader } from '../model/option.js';
import { parseSitePath } from '../model/site-path.js';

const ARROW = '=>';
/** A wrong arrow, or the right one with a space in it. */
const WRONG_ARROW = /=\s+>|--?>|→|⇒|(?<=\s)>/;
/** Wrong arrows. Without spaces around it, an arrow may be part of a file name. */
const WRONG_ARROW_IN_RULE = /\s(?:--?>|→|⇒|>)(?:\s|$)|(?:->|→|⇒)\s|\s(?:->|→|⇒)|(?:->|→|⇒).*\/$/;

/** Reads one line of `files`: `GLOB => DEST`, or a glob alone. Spaces around the arrow do not matter. */
export function readFileRule(options: OptionReader<'files'>, line: string): FileRule[] {
  const [before = '', ...behind] = line.split(ARROW);
  const pattern = before.trim();
  const fault = (what: string, hint: string): FileRule[] => {
    options.fault('files', what, hint);
    return [];
  };
  if (pattern === '') {
    return fault(
      `"${line}" does not name any files`,
      "Write 'GLOB => DEST', for example 'target/*.jar => jars/'.",
    );
  }
  if (behind.length > 1) {
    return fault(`"${line}" has more than one "${ARROW}"`, 'Write one rule per line: GLOB => DEST.');
  }
  const [given] = behind;
  if (given === undefined) {
    const arrow = WRONG_ARROW_IN_RULE.exec(line);
    if (!arrow) return [{ pattern, destination: undefined }];
    const [glob = '', ...rest] = line.split(WRONG_ARROW);
    return fault(
      `"${line}" has a wrong arrow before the destination`,
      `Write "${ARROW}": "${glob.trim()} ${ARROW} ${rest.join('').trim()}".`,
    );
  }
  const destination = given.trim();
  const isFolder = destination.endsWith('/') && destination !== '/';
  const checked = parseSitePath(isFolder ? destination.slice(0, -1) : destination);
  if ('reason' in checked) {
    return fault(
      `"${destination}" is not a destination on the site: ${checked.reason}`,
      'Write a path such as "plugins/" (a folder) or "jars/tool.jar" (a file).',
    );
  }
  return [{ pattern, destination: isFolder ? { folder: checked.path } : { path: checked.path } }];
}
