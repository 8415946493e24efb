/**
 * Makes dist/answers.json of the types that libs/client exports: a JSON Schema for what each route answers, and the shapes
 * that these name, as OpenAPI 3.1 holds them. The server reads that file and never the generator.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const OUT = new URL('../dist/answers.json', import.meta.url);
const ROUTES = 'Answers';
/** What refusals look like. */
const REFUSALS = ['Problem', 'DecidedProblem', 'ProofProblem', 'TranslatedProblem'];

const generator = createGenerator({
  path: 'libs/client/index.ts',
  tsconfig: 'tsconfig.browser.json',
  // The build checks them before.
  skipTypeCheck: true,
  functions: 'fail',
  sortProps: false,
});
const { definitions } = generator.createSchema([ROUTES, ...REFUSALS]);
const { [ROUTES]: routes, ...shapes } = toComponents(definitions);
for (const name of Object.keys(shapes)) {
  if (!/^\w+$/.test(name)) throw new Error(`${name} is no name in OpenAPI: tag the generic type @internal`);
}
mkdirSync(new URL('.', OUT), { recursive: true });
writeFileSync(OUT, JSON.stringify({ routes: routes.properties, shapes }));

/** The generator names shapes where JSON Schema keeps them, and OpenAPI keeps them elsewhere. */
function toComponents(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/definitions/', '"#/components/schemas/'));
}
