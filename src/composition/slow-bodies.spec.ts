import { describe, expect, it } from '@jest/globals';
import { SlowBodies } from './slow-bodies.ts';

const MEBIBYTE = 1_048_576;
const MINUTE = 60_000;

describe('bodies that come slowly', () => {
  it('are late after a minute, however many bytes come', () => {
    const slow = new SlowBodies();
    const body = { socket: { bytesRead: 0 } };
    expect(slow.late([body], 0)).toEqual([]);
    body.socket.bytesRead = 50 * MEBIBYTE;
    expect(slow.late([body], MINUTE - 1)).toEqual([]);
    expect(slow.late([body], MINUTE)).toEqual([body]);
  });

  it('may take longer with a file, while a mebibyte comes each minute', () => {
    const slow = new SlowBodies();
    const body = { socket: { bytesRead: 0 } };
    slow.bringsFile(body);
    for (let minute = 0; minute <= 10; minute += 1) {
      body.socket.bytesRead = minute * MEBIBYTE;
      expect(slow.late([body], minute * MINUTE)).toEqual([]);
    }
    body.socket.bytesRead += MEBIBYTE - 1;
    expect(slow.late([body], 11 * MINUTE)).toEqual([body]);
  });
});
