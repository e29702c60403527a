/** The address of a folder below an address, with a slash at its end; empty and undefined ones are left out. */
export function withFolder(root: string, ...folders: readonly (string | undefined)[]): string {
  const names = folders.flatMap((folder) => (folder === undefined || folder === '' ? [] : folder.split('/')));
  return [root.replace(/\/+$/, ''), ...names.map(encodeURIComponent), ''].join('/');
}
