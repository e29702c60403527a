import { shortened } from '../../model/humanize.js';
/** Maximum length of quoted output in one message, in characters. */
const MAX_WORDS = 1000;
/** Maximum number of quoted lines of git itself: the last ones contain the reason. */
const MAX_GIT_LINES = 4;

/** Lines of a remote that report its progress or are only decoration. */
const REMOTE_NOISE =
  /^(error: Trace: \S+|(Enumerating|Counting|Compressing|Resolving|Processing|Checking|Writing|Unpacking)\b.*|Total \d.*|[^\p{L}\p{N}]*)$/u;
/** Lines that git prints after every failure. */
const GIT_NOISE = /^(To \S+|Done|failed to push some refs to .*|[ !=*+-]\t.*)$/;

/** What git prints after the reason if the other side has closed the connection. */
const CONSEQUENCE =
  /^(send-pack: unexpected disconnect while reading sideband packet|the remote end hung up unexpectedly|Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.)$/i;

/** `!<TAB>from:to<TAB>[remote rejected] (reason)`: how `git push --porcelain` reports a reference that was not accepted. */
const REJECTION = /^!\t[^\t]*\t\[(remote )?rejected\](?: \((.*)\))?$/m;

/** Returns why git or the remote rejected a reference; `undefined` if it was not rejected. */
export function rejectionIn(
  output: string,
): { readonly byRemote: boolean; readonly reason: string } | undefined {
  const [line, byRemote, reason = ''] = REJECTION.exec(output) ?? [];
  return line === undefined ? undefined : { byRemote: byRemote !== undefined, reason };
}

/**
 * Returns the reason of a failure on one line: what the remote printed, else why it rejected the reference and the
 * last lines of git itself. Credentials in URLs are removed.
 *
 * @param output standard error of git, with its standard output before it
 * @returns an empty text if no reason was printed
 */
export function reasonIn(output: string): string {
  const lines = output.split(/[\r\n]+/).map((line) => line.trimEnd());
  const remote = lines
    .flatMap((line) => (line.startsWith('remote:') ? [line.slice('remote:'.length).trim()] : []))
    .filter((line) => !REMOTE_NOISE.test(line))
    .map((line) => withoutLabel(line).replace(/^[-–—*•(?)\s]+|[—–\s]+$/g, ''));
  const refused = rejectionIn(output)?.reason;
  const own = lines
    .filter((line) => !line.startsWith('remote:') && !GIT_NOISE.test(line))
    .map(withoutLabel)
    .filter((line) => line !== '' && !GIT_NOISE.test(line));
  const causes = own.filter((line) => !CONSEQUENCE.test(line));
  const printed = (causes.length > 0 ? causes : own).slice(-MAX_GIT_LINES);
  const words = remote.length > 0 ? remote : refused ? [refused, ...printed] : printed;
  const distinct = new Set(words.map((line) => line.replace(/\.$/, '')));
  return shortened(withoutCredentials([...distinct].join('; ')), MAX_WORDS);
}

/** Returns what git itself printed on standard error, without the output of the remote. */
export function withoutRemote(output: string): string {
  return output.replace(/^remote:.*$/gm, '');
}

/** Removes user names and passwords from the URLs in a text. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/gi, '$1');
}

function withoutLabel(line: string): string {
  return line.replace(/^(fatal|error|hint|warning): */i, '').trim();
}
