/** What stands for something in the address of archives on another server. */
const PLACEHOLDERS = ['id', 'version', 'release', 'file'] as const;

/** What an address is made for. */
export type ArchiveName = Readonly<Record<(typeof PLACEHOLDERS)[number], string>>;

/** Why a template cannot be the address of archives, as the end of a sentence; undefined if it can. */
export function faultOfArchiveUrl(template: string): string | undefined {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const unknown = names.find((name) => !PLACEHOLDERS.some((known) => known === name));
  if (unknown !== undefined) return `"{${unknown}}" stands for nothing`;
  const url = archiveUrl(template, { id: 'id', version: '1', release: '1', file: 'file.zip' });
  // Java takes fewer texts for an address than browsers and Node.js do.
  const isAddress = /^[a-z]+:\/\/[^/?]/i.test(url) && !/[\s{}#"'<>\\^`|]/.test(url) && URL.canParse(url);
  if (!isAddress) return `"${template}" is not a web address`;
  const { protocol, hostname, pathname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'it holds a login, and everybody can read the address';
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && isHere))
    return `"${template}" does not begin with https://`;
  if (!['version', 'release', 'file'].some((name) => names.includes(name)))
    return 'all versions would have the same address';
  if (!/\.(?:zip|jar)$/.test(pathname))
    return 'its path does not end in .zip or .jar, so IDEs would not install what they download';
  return undefined;
}

/**
 * The address of an archive on another server.
 *
 * @param template in which `{id}`, `{version}` and `{file}` stand for those of the archive, and `{release}` for the version
 *   without the system of a variant
 */
export function archiveUrl(template: string, name: ArchiveName): string {
  return template.replace(/\{(id|version|release|file)\}/g, (_, key: keyof ArchiveName) =>
    encodeURIComponent(name[key]),
  );
}
