import type { Problem } from '../../../model/problem.js';
import { SHOWN_DIGITS } from '../index/signed-in-words.js';
import { archiveOf, type ArchiveRecord, type PublishedVersion } from '../index/repository.js';
import type { PlannedArchive } from './planned-archives.js';
import { commonVersion, NO_SYSTEM } from '../system.js';
import { SIGN_LAST, type Signature } from '../signature/signature.js';

/** Returns the metadata of a signature for the history. It is empty if the signature is unknown. */
export function recordOf(signature: Signature): Pick<ArchiveRecord, 'certificate' | 'root'> {
  if (signature.state === 'invalid') return {};
  if (signature.state === 'unsigned') return { certificate: null };
  const [certificate, root] = [signature.signer.fingerprint, signature.root.fingerprint];
  return root === certificate ? { certificate } : { certificate, root };
}

/**
 * Compares the signatures of archives with the published ones. Reports a plugin that is no longer signed, or that has a
 * certificate its users do not trust. The variants of a version are reported once.
 *
 * @param archives the archives of this run
 * @param current the versions offered so far; within an id, the highest comes first
 */
export function signatureProblems(
  archives: readonly PlannedArchive[],
  current: readonly PublishedVersion[],
): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const planned of archives) {
    const problem = problemOf(planned, current);
    if (!problem) continue;
    const { id, version } = planned.descriptor;
    const key = JSON.stringify([id, commonVersion(version), problem.code]);
    if (!problems.has(key)) problems.set(key, problem);
  }
  return [...problems.values()];
}

function problemOf(
  { descriptor: { id, version, systems }, inspection: { signature }, path }: PlannedArchive,
  current: readonly PublishedVersion[],
): Problem | undefined {
  if (signature.state === 'invalid') return undefined;
  const known = current.filter(
    (other) =>
      other.entry.id === id &&
      other.entry.version !== version &&
      (other.entry.systems & systems) !== NO_SYSTEM &&
      archiveOf(other)?.certificate !== undefined,
  );
  const isSigned = (other: PublishedVersion) => typeof archiveOf(other)?.certificate === 'string';
  // A missing signature is reported only for the first version. The signer matters even after unsigned versions.
  const before = signature.state === 'unsigned' ? known[0] : known.find(isSigned);
  const { certificate, root = certificate } = (before && archiveOf(before)) ?? {};
  if (!before || typeof root !== 'string') return undefined;
  const signed = before.entry.version;
  const trusted = root.slice(0, SHOWN_DIGITS);
  if (signature.state === 'unsigned')
    return {
      severity: 'warning',
      code: 'unsigned',
      path,
      message: `${id} ${version} is not signed, but the published version ${signed} is.`,
      hint: SIGN_LAST,
    };
  // IDEs compare the last certificate of the chain with those that their users trust.
  if (signature.root.fingerprint === root) return undefined;
  return {
    severity: 'warning',
    code: 'other-certificate',
    path,
    message: `${id} ${version} is signed with a different certificate than ${signed}: ${signature.root.fingerprint.slice(0, SHOWN_DIGITS)} ("${signature.root.name}") instead of ${trusted}.`,
    hint: 'If you have changed the certificate, ask your users to trust the new one in their IDE. If not, find out who signed the archive.',
  };
}
