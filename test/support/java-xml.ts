import { spawnSync } from 'node:child_process';
import path from 'node:path';

const PROGRAM = path.join('test', 'support', 'JavaXml.java');

/** Whether Java is installed. */
export function hasJava(): boolean {
  return spawnSync('java', ['-version']).status === 0;
}

/**
 * Parses documents with the SAX parser of the JDK.
 *
 * @param asIde whether document types are refused, like in JetBrains IDEs since 2025
 * @returns for each document, why it is refused; `undefined` if it is accepted
 */
export function judgeByJava(
  documents: readonly Uint8Array[],
  { asIde = false } = {},
): (string | undefined)[] {
  const parts: Uint8Array[] = [];
  for (const document of documents) {
    const length = Buffer.alloc(4);
    length.writeInt32BE(document.length);
    parts.push(length, document);
  }
  const { status, stdout, stderr } = spawnSync('java', [PROGRAM, ...(asIde ? ['ide'] : [])], {
    input: Buffer.concat(parts),
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(`java ended with ${String(status)}: ${String(stderr)}`);
  const lines = stdout.toString('utf8').split('\n').slice(0, -1);
  if (lines.length !== documents.length) throw new Error('java did not judge every document');
  return lines.map((line) => (line === '+' ? undefined : line.slice(1)));
}
