import { describe, expect, it } from '@jest/globals';
import { Tickets } from './tickets.ts';

const NOW = 1_764_000_000_000;
const content = Buffer.from('who and when');
const node = (secret = 'a secret of all nodes') => new Tickets(() => secret);
const written = () => node().write('step', content, { until: NOW + 1 });

describe('a ticket', () => {
  it('is read on every node until it ends', () => {
    expect(node().read('step', written(), NOW)).toEqual(content);
    expect(node().read('step', written(), NOW + 1)).toBeNull();
    expect(node('another secret').read('step', written(), NOW)).toBeNull();
  });

  it('is no ticket of another purpose', () => {
    expect(node().read('passkey', written(), NOW)).toBeNull();
  });

  it('is never the same twice', () => {
    expect(written()).not.toBe(written());
  });

  it('is refused with any bit changed, cut, longer, or written in another form', () => {
    const ticket = written();
    const bytes = Buffer.from(ticket, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const forged = Buffer.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 1;
      expect(node().read('step', forged.toString('base64url'), NOW)).toBeNull();
    }
    for (const other of ['', 'x', ticket.slice(0, -1), `${ticket}AA`, `${ticket}=`, ` ${ticket}`, 'A'.repeat(5_000)]) {
      expect(node().read('step', other, NOW)).toBeNull();
    }
  });
});
