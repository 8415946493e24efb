import { expect, it } from '@jest/globals';
import { OpenByNetwork } from './open-by-network.ts';

it('gives each network so many places, and takes each back once', () => {
  const open = new OpenByNetwork(2);
  const [first, second] = [open.take('192.0.2.1'), open.take('192.0.2.1')];
  const other = open.take('2001:db8:0:0::/64');

  expect([first, second, other].map((place) => place !== null)).toEqual([true, true, true]);
  expect(open.take('192.0.2.1')).toBeNull();

  first?.();
  first?.();
  expect(open.take('192.0.2.1')).not.toBeNull();
  expect(open.take('192.0.2.1')).toBeNull();
});

it('remembers no network that has nothing open', () => {
  const open = new OpenByNetwork(5);
  const places = Array.from({ length: 5 }, () => open.take('192.0.2.1'));
  for (const place of places) place?.();
  expect(open.networks).toBe(0);
});
