/** Placeholders in the address of archives on another server. */
const PLACEHOLDERS = ['id', 'version', 'release', 'file'] as const;

/** The values of the placeholders for one archive. */
export type ArchiveName = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>;

/** Returns why a template is not a valid archive address, as the end of a sentence, or `undefined` if it is valid. */
export function faultOfArchiveUrl(template: string): string | undefined {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = names.find((name) => !PLACEHOLDERS.some((known) => known === name));
  if (unknown !== undefined) return `"{${unknown}}" is not a known placeholder`;
  const url = archiveUrl(template, { id: 'id', version: '1', release: '1', file: 'file.zip' });
  // Java accepts fewer addresses than browsers and Node.js do.
  const isAddress = /^[a-z]+:\/\/[^/?]/i.test(url) && !/[\s{}#"'<>\\^`|]/.test(url) && URL.canParse(url);
  if (!isAddress) return `"${template}" is not a web address`;
  const { protocol, hostname, pathname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'it contains a login, and the address is public';
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere))
    return `"${template}" does not begin with https://`;
  if (!['version', 'release', 'file'].some((name) => names.includes(name)))
    return 'all versions would have the same address';
  if (!/\.(?:zip|jar)$/.test(pathname))
    return 'its path does not end in .zip or .jar, so IDEs would not install the downloaded file';
  return undefined;
}

/**
 * Returns the address of an archive on another server.
 *
 * @param template contains `{id}`, `{version}` and `{file}` for the values of the archive, and `{release}` for the
 *   version without the system of a variant
 */
export function archiveUrl(template: string, name: ArchiveName): string {
  return template.replace(/\{(id|version|release|file)\}/g, (_, key: keyof ArchiveName) =>
    encodeURIComponent(name[key]),
  );
}
