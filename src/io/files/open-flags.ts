import { constants } from 'node:fs';

/** Does not wait for a program that writes into a pipe. 0 on Windows, which lacks this flag. */
export const NO_WAIT = flag(constants.O_NONBLOCK);
/** Fails with `ELOOP` at a symbolic link. 0 on Windows, which lacks this flag. */
export const NO_LINK = flag(constants.O_NOFOLLOW);

/** @param value `undefined` on Windows, despite its type */
function flag(value: number | undefined): number {
  return value ?? 0;
}
