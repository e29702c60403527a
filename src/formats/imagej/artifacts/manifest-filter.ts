const IGNORED_KEYS = new Set([
  'ARCHIVER-VERSION',
  'BUILT-BY',
  'BUILD-JDK',
  'CLASS-PATH',
  'CREATED-BY',
  'IMPLEMENTATION-BUILD',
]);

/**
 * Filters a manifest like updaters of 2012: removes the lines that change with every build, and ends every line with
 * `\n` (spec, section 2, historical checksum 1). Continuation lines count as separate lines.
 */
export function withoutBuildLines(manifest: Buffer): Buffer {
  const lines = manifest.toString('utf8').split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  const kept = lines.filter(
    (line) => !IGNORED_KEYS.has(line.slice(0, Math.max(0, line.indexOf(':'))).toUpperCase()),
  );
  return Buffer.from(kept.map((line) => `${line}\n`).join(''), 'utf8');
}
