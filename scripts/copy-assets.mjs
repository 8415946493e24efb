/** Copies what the server reads at run time besides code (message files, demo content) from src to dist/src. */
import { cpSync } from 'node:fs';

const isCode = /\.(ts|tsx)$/;

cpSync('src', 'dist/src', {
  recursive: true,
  filter: (path) => !isCode.test(path),
});
