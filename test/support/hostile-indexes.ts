const SUM = 'a'.repeat(40);

/** Indexes with `size` items of one kind, by the name of the kind. */
export const HOSTILE_INDEXES: Readonly<Record<string, (size: number) => string>> = {
  'authors of one file': (size) => inVersion(times(size, (at) => `<author>Author ${at}</author>`)),
  'links of one file': (size) => inVersion(times(size, (at) => `<link>https://example.org/${at}</link>`)),
  'dependencies of one file': (size) =>
    inVersion(times(size, (at) => `<dependency filename="jars/d${at}.jar" timestamp="20200101000000"/>`)),
  'dependencies of one file that replace each other': (size) =>
    inVersion(
      times(
        size,
        (at) => `<dependency filename="jars/d${at >> 1}-1.${at}.jar" timestamp="${20200101000000 + at}"/>`,
      ),
    ),
  'categories of one file': (size) => inRecord(times(size, (at) => `<category>Category ${at}</category>`)),
  'platforms of one file': (size) => inRecord(times(size, (at) => `<platform>platform${at}</platform>`)),
  'platforms in one element': (size) =>
    inRecord(`<platform>${times(size, (at) => `platform${at},`)}</platform>`),
  'current versions of one file': (size) =>
    inRecord(times(size, (at) => version(at, `<author>Author ${at}</author>`))),
  'previous versions of one file': (size) =>
    inRecord(times(size, (at) => previous(at, ` filename="jars/a-${at}.jar"`))),
  'previous versions without a name': (size) => inRecord(times(size, (at) => previous(at, ''))),
  'unknown elements in a version': (size) =>
    inVersion(times(size, (at) => `<author>Author ${at}</author><u at="${at}"/>`)),
  'unknown elements in a record': (size) =>
    inRecord(times(size, (at) => `<category>Category ${at}</category><u at="${at}"/>`)),
  'unknown elements among previous versions': (size) =>
    inRecord(times(size, (at) => `${previous(at, '')}<u at="${at}"/>`)),
  'unknown elements in the root': (size) => index(times(size, (at) => `${record(`jars/a${at}.jar`)}<u/>`)),
  'unknown elements in an element': (size) => inVersion(`<description>${'<u/>'.repeat(size)}</description>`),
  // The XML reader accepts at most 200 in a tag.
  'unknown attributes': (size) =>
    index(times(size / 50, (at) => `<plugin filename="a${at}"${times(50, (other) => ` u${other}=""`)}/>`)),
  'files that merge': (size) => index(times(size, (at) => record(`jars/a-1.${at}.jar`, at))),
  'obsolete files that merge': (size) =>
    index(times(size, (at) => `<plugin filename="jars/a-1.${at}.jar">${previous(at, '')}</plugin>`)),
  'files that merge by twos among unknown elements': (size) =>
    index(times(size, (at) => `${record(`jars/a${at >> 1}-1.${at}.jar`, at)}<u/>`)),
  'files that merge, each with an unknown attribute and element': (size) =>
    index(
      times(size, (at) => `<plugin filename="jars/a-1.${at}.jar" u${at}="">${version(at, '')}<u/></plugin>`),
    ),
  'files that need files that are obsolete': (size) =>
    index(
      times(size, (at) => {
        const needed = `<dependency filename="jars/gone${at}.jar" timestamp="1"/>`;
        return `<plugin filename="jars/a${at}.jar">${version(at, needed)}</plugin><plugin filename="jars/gone${at}.jar"/>`;
      }),
    ),
};

function times(size: number, make: (at: number) => string): string {
  return Array.from({ length: size }, (_, at) => make(at)).join('\n');
}

function version(at: number, content: string): string {
  return `<version checksum="${SUM}" timestamp="${20200101000000 + at}" filesize="1">${content}</version>`;
}

function previous(at: number, name: string): string {
  return `<previous-version timestamp="${20190101000000 + at}" timestamp-obsolete="0" checksum="${SUM}"${name}/>`;
}

function record(filename: string, at = 0): string {
  return `<plugin filename="${filename}">${version(at, '')}</plugin>`;
}

function inRecord(content: string): string {
  return index(`<plugin filename="jars/a.jar">${content}</plugin>`);
}

function inVersion(content: string): string {
  return inRecord(version(0, content));
}

function index(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<pluginRecords>${content}</pluginRecords>\n`;
}
