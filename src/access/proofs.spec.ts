import { expect, test } from '@jest/globals';
import { solvedProof } from '../../test/support/solved-proof.ts';
import { FormStamps } from './form-stamps.ts';
import { Proofs } from './proofs.ts';

const NOW = Date.parse('2026-11-26T10:00:00.000Z');
const stamps = new FormStamps(() => 'a secret');
const proofs = new Proofs(stamps);
const solved = solvedProof(stamps.write(NOW), 8);

test('given a solved puzzle, then it is accepted for two hours, and always under the same name', () => {
  const name = proofs.solved(solved, 8, NOW);
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  expect(proofs.solved(solved, 8, NOW + 7_200_000)).toBe(name);
  expect(proofs.solved(solved, 8, NOW + 7_201_000)).toBe(null);
  expect(proofs.solved(solvedProof(stamps.write(NOW), 8), 8, NOW)).not.toBe(name);
});

test('given what is not solved, too easy, or about a puzzle that the forum did not make, then it is not accepted', () => {
  const forged = solvedProof(new FormStamps(() => 'another').write(NOW), 8);
  const numbers = solved.split('.');
  const wrong = [...numbers.slice(0, -1), 'zzz'].join('.');
  const refused = ['', 'x', forged, wrong, numbers.slice(0, -1).join('.'), `${solved}.0`, 'a'.repeat(100_000)];
  expect(refused.map((text) => proofs.solved(text, 8, NOW))).toEqual(refused.map(() => null));
  expect(proofs.solved(solved, 18, NOW)).toBe(null);
});
