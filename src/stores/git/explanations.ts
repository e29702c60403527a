/** What a failure of git means for the user. */
export interface Explanation {
  /** Output of git or of a server. */
  readonly pattern: RegExp;
  /** The cause; follows "Could not write to …:". */
  readonly what: string;
  /** What to do next. */
  readonly hint: string;
  /** Only for runs with a token, or only for runs without one; `undefined` for both. */
  readonly needsToken?: boolean;
  /** Whether the remote may have carried out the request. */
  readonly isUncertain?: boolean;
}

const WRITE_PERMISSION =
  'In a workflow, give the job "permissions: contents: write"; elsewhere, use a token or key that may write to the repository.';

/**
 * What git prints after a failure of this machine, in the order of the search. Output of the remote does not count.
 */
export const MACHINE_FAULTS: readonly Explanation[] = [
  {
    pattern: /No space left on device|Disk quota exceeded/i,
    what: 'the disk of this machine is full',
    hint: 'Free some space in the folder for temporary files, or set TMPDIR (in a workflow, RUNNER_TEMP) to another folder.',
  },
  {
    pattern: /Too many open files/i,
    what: 'too many files are open on this machine',
    hint: 'Raise the limit on open files (ulimit -n), and run again.',
  },
  {
    pattern: /out of memory|Cannot allocate memory|cannot fork|unable to create thread|mmap failed/i,
    what: 'this machine is out of memory or processes',
    hint: 'Close other programs, or use a larger machine, and run again.',
  },
  {
    pattern: /Read-only file system|Input\/output error/i,
    what: 'the disk of this machine cannot be written',
    hint: 'Check the disk, or set TMPDIR (in a workflow, RUNNER_TEMP) to a folder that can be written.',
  },
  {
    pattern: /not a git repository: '[^']*update-site-/i,
    what: 'its folder for temporary files is gone',
    hint: 'Something on this machine removes files from the temporary folder. Run again.',
  },
];

/** What git and servers print, in the order of the search. */
export const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /terminal prompts disabled|could not read (Username|Password)/i,
    needsToken: false,
    what: 'it asks for a login, and none was given',
    hint: 'In a workflow, pass "token"; on the command line, set UPDATE_SITE_TOKEN or configure a git credential helper.',
  },
  {
    pattern:
      /terminal prompts disabled|could not read (Username|Password)|Authentication failed|error: 401|Invalid username or (password|token)/i,
    needsToken: true,
    what: 'it does not accept the token',
    hint: 'The token may be wrong, expired, or made for another server or repository. In a workflow, check the input "token"; on the command line, UPDATE_SITE_TOKEN.',
  },
  {
    pattern: /Authentication failed|error: 401|Invalid username or (password|token)/i,
    what: 'it does not accept the login',
    hint: 'The password or token may be wrong, expired, or made for another server. Check what your git credential helper gives.',
  },
  {
    pattern: /repository (was|has been|is) archived/i,
    what: 'the repository is archived and read-only',
    hint: 'Unarchive it in its settings, or publish to another repository.',
  },
  {
    pattern:
      /Permission to .* denied|Write access to repository not granted|error: 403|insufficient permission(?! for adding an object)/i,
    what: 'access is denied',
    hint: WRITE_PERMISSION,
  },
  {
    pattern: /Permission denied \(publickey|Host key verification failed/i,
    what: 'SSH could not log in',
    hint: 'Check that your SSH agent has a key for it, and that the host is in known_hosts.',
  },
  {
    pattern: /exists; cannot create 'refs\/heads\//i,
    what: 'another branch is in the way: "a" and "a/b" cannot both be branches',
    hint: 'Choose another branch. For a folder of a branch, use "directory" (--directory).',
  },
  {
    pattern: /mismatched algorithms|repository's hash algorithm/i,
    what: 'it is a SHA-256 repository, which is not supported',
    hint: 'Publish to a SHA-1 repository, created without --object-format.',
  },
  {
    pattern: /exceeds GitHub's file size limit|GH001|file size limit/i,
    what: 'a file is too large for it',
    hint: 'GitHub refuses files over 100 MB. Publish the file elsewhere, or make it smaller.',
  },
  {
    pattern: /PUSH PROTECTION|Push cannot contain secrets/i,
    what: 'it found a secret, such as a password or a key, in the push',
    hint: 'Take the secret out of the file, build again and publish again. If it is not a secret, allow it at the address in the message.',
  },
  {
    pattern:
      /unpacker error|remote unpack failed|unable to migrate objects|insufficient permission for adding an object/i,
    what: 'the repository cannot store the push',
    hint: 'Its disk may be full, its folder "objects" not writable, or the push larger than it allows. Check that on the server, or ask its administrator, and run again.',
  },
  {
    pattern: /detected dubious ownership/i,
    what: 'another user owns the folder of the repository, and git does not trust it',
    hint: 'If you trust the repository, run the "git config" command from the message as the user that publishes (for a remote by SSH: on the server), and run again.',
  },
  {
    pattern: /aborted by hook/i,
    what: 'a hook of the remote rejected the push',
    hint: 'Follow the output of the hook in the message, or ask the administrator of the server about its rules.',
  },
  {
    pattern:
      /not a git server|info\/refs not valid|no DAV locking support|git-http-push|dumb http transport|invalid server response/i,
    what: 'it does not respond as a git server',
    hint: 'Check the URL. If it is correct, the response came from something else, such as a login page, a proxy, or a web server without git.',
    isUncertain: true,
  },
  {
    pattern: /\bis locked\b|locked by|locked branch/i,
    what: 'the branch or a file on it is locked',
    hint: 'Unlock it in the repository, and run again.',
  },
  {
    pattern: /branch is currently checked out/i,
    what: 'the branch is checked out there',
    hint: 'Push to a bare repository, or check out another branch there.',
  },
  {
    pattern:
      /protected branch|GH006|GH013|hook declined|push declined|\[remote rejected\][^\n]*\((declined|prohibited)/i,
    what: 'its rules do not allow the push',
    hint: 'Check the branch protection and the rulesets of the repository: the branch of the site must accept this login.',
  },
  {
    pattern:
      /not found|does not appear to be a git repository|does not exist|error: 404|not a git repository/i,
    what: 'the repository does not exist, or the login has no access to it',
    hint: 'Check the URL of the remote, and that the login may read it.',
  },
  {
    pattern:
      /Could not resolve host|Failed to connect|Couldn't connect|Connection (refused|timed out|reset)|unable to access|error: 5\d\d|hung up|Operation too slow|early EOF/i,
    what: 'it could not be reached',
    hint: 'Check the network and the URL, and run again.',
    isUncertain: true,
  },
];
