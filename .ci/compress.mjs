// Compresses the browser's files once, at build time, so that no request has to: FILE.br and FILE.gz beside each FILE.
// Usage: node compress.mjs FOLDER
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const KINDS = /\.(css|html|ico|js|json|map|mjs|svg|txt|wasm|webmanifest|xml)$/;
// Below this the headers cost more than is won.
const BYTES_MIN = 512;

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

for (const name of await readdir(process.argv[2], { recursive: true })) {
  const path = join(process.argv[2], name);
  if (!KINDS.test(name) || !(await stat(path)).isFile()) continue;
  const plain = await readFile(path);
  if (plain.length < BYTES_MIN) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  await Promise.all([
    brotli(plain, { params }).then((small) => writeFile(`${path}.br`, small)),
    deflate(plain, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
  ]);
}
