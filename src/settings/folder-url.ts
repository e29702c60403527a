/** Returns the URL of a folder below a URL, with a trailing slash. Skips empty and undefined folders. */
export function withFolder(root: string, ...folders: readonly (string | undefined)[]): string {
  const names = folders.flatMap((folder) => (folder === undefined || folder === '' ? [] : folder.split('/')));
  return [root.replace(/\/+$/, ''), ...names.map(encodeURIComponent), ''].join('/');
}
