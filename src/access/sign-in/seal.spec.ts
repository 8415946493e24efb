import { describe, expect, it } from '@jest/globals';
import { Seal } from './seal.ts';

const node = (name = 'an errand') => new Seal('code', name, () => 'a secret of all nodes');
const value = { memberId: 'linh', at: 7 };
const later = (): number => Date.now() + 60_000;

describe('what is sealed', () => {
  it('is opened on every node, and read by nobody else', () => {
    const sealed = node().close(value, later());
    expect(node().open(sealed)).toEqual(value);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('linh');
    expect(node().close(value, later())).not.toBe(sealed);
  });

  it('is nothing when it was changed, is of another name, or too old', () => {
    const sealed = node().close(value, later());
    const other = sealed.startsWith('A') ? 'B' : 'A';
    for (const wrong of [other + sealed.slice(1), sealed.slice(0, -2), `${sealed}=`, '', 'x', 'A'.repeat(5_000)]) {
      expect(node().open(wrong)).toBeUndefined();
    }
    expect(node('another errand').open(sealed)).toBeUndefined();
    expect(node().open(sealed, later() + 1_000)).toBeUndefined();
  });
});
