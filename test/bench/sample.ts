import { randomUUID } from 'node:crypto';

const SENTENCES = [
  'The fishers on our side of the river have the same list of recruiters as those on yours.',
  'Is there a **joint hotline** yet, or does every province still keep its own number?',
  'In 2015 we trained two hundred teachers; see [the report](https://example.org/report) for what they found.',
  'ชุมชนของเราเริ่มจดชื่อนายหน้าแล้ว แต่ยังไม่มีใครรวบรวม',
  'What worked for us: a bus station desk, staffed by people who speak the language of those who pass.',
  '> Nobody asks the returnees what they need.\n\nWe did, and the first answer was always papers.',
];

/** A comment of about 300 bytes, different for each number. */
export function sampleComment(number: number): string {
  const first = SENTENCES[number % SENTENCES.length] ?? '';
  const second = SENTENCES[(number * 7 + 3) % SENTENCES.length] ?? '';
  return `${first}\n\n${second} (${number})`;
}

export function newId(): string {
  return randomUUID();
}
