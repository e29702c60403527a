/** Most of git's and the remote's words in one message, in characters. */
const MAX_WORDS = 1000;
/** Most lines of git's own words in one message: the last ones have the reason. */
const MAX_GIT_LINES = 4;

/** Lines of a remote that are about its work, or only decoration. */
const REMOTE_NOISE =
  /^(error: Trace: \S+|(Enumerating|Counting|Compressing|Resolving|Processing|Checking|Writing|Unpacking)\b.*|Total \d.*|[^\p{L}\p{N}]*)$/u;
/** Lines of git that every failure has. */
const GIT_NOISE = /^(To \S+|Done|failed to push some refs to .*|[ !=*+-]\t.*)$/;

/** What git prints after the reason, if the other side has ended. */
const CONSEQUENCE =
  /^(send-pack: unexpected disconnect while reading sideband packet|the remote end hung up unexpectedly|Could not read from remote repository\.|Please make sure you have the correct access rights|and the repository exists\.)$/i;

/** `!<TAB>from:to<TAB>[remote rejected] (reason)`: how `git push --porcelain` reports a reference that was not accepted. */
const REJECTION = /^!\t[^\t]*\t\[(remote )?rejected\](?: \((.*)\))?$/m;

/** Why a reference was not accepted by a push, in the words of git or the remote; undefined if it was not refused. */
export function rejectionIn(
  output: string,
): { readonly byRemote: boolean; readonly reason: string } | undefined {
  const [line, byRemote, reason = ''] = REJECTION.exec(output) ?? [];
  return line === undefined ? undefined : { byRemote: byRemote !== undefined, reason };
}

/**
 * The reason of a failure on one line: what the remote printed, else why it did not accept the reference and the end of
 * what git itself printed. Login data that a URL may contain is left out.
 *
 * @param output standard error of git, with its standard output before it
 * @returns the empty text if there is none
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
  return shortened(withoutCredentials([...new Set(words.map((line) => line.replace(/\.$/, '')))].join('; ')));
}

/** What git itself printed on standard error, without the words of the remote. */
export function withoutRemote(output: string): string {
  return output.replace(/^remote:.*$/gm, '');
}

/** A URL, or a text with URLs, without user names and passwords. */
export function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s]*@/gi, '$1');
}

function withoutLabel(line: string): string {
  return line.replace(/^(fatal|error|hint|warning): */i, '').trim();
}

function shortened(text: string): string {
  return text.length <= MAX_WORDS ? text : `${text.slice(0, MAX_WORDS - 1)}…`;
}
