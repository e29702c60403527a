import { UserError } from '../../../model/user-error.js';
import { XmlError } from '../../../xml/error.js';
import { readdress } from '../index/readdress.js';
import { INDEX_PATH, type Repository } from '../index/repository.js';
import { createLocator } from './locate.js';

/**
 * Returns a repository in another place: entries of archives that the site stores get their new address, and those of
 * archives on other servers keep theirs.
 *
 * @param from public address of the site so far; `undefined` if unknown
 * @param to public address of the new place, with a slash at its end
 * @throws {UserError} `index` if an entry cannot contain its new address
 */
export function relocateRepository(repository: Repository, from: string | undefined, to: string): Repository {
  const locate = createLocator(repository, from);
  const versions = repository.versions.map((version) => {
    const path = locate(version)?.storedPath;
    if (path === undefined) return version;
    const url = to + path.split('/').map(encodeURIComponent).join('/');
    try {
      return { ...version, entry: readdress(version.entry, url) };
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      const { id, version: number } = version.entry;
      throw new UserError('index', `${INDEX_PATH} cannot be moved: ${id} ${number}: ${error.message}.`, {
        hint: 'Nothing was changed. Correct the entry in the index of the old site.',
        cause: error,
      });
    }
  });
  return { ...repository, versions };
}
