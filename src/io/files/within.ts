/** Whether a path is a folder or lies below it. Both must be real paths, without links. */
export function isWithin(file: Buffer, folder: Buffer): boolean {
  if (file.length < folder.length || !file.subarray(0, folder.length).equals(folder)) return false;
  const isRoot = isSeparator(folder.at(-1));
  return file.length === folder.length || isRoot || isSeparator(file[folder.length]);
}

function isSeparator(byte: number | undefined): boolean {
  return byte === 0x2f || (process.platform === 'win32' && byte === 0x5c);
}
