import { answerQuestions } from '../answering-thread/index.ts';
import type { InboundAnswer } from './inbound.ts';
import type { InboundQuestion } from './inbound-reader.ts';
import { parseInbound } from './parse-inbound.ts';

answerQuestions(
  ({ raw, own }: InboundQuestion): Promise<InboundAnswer> => parseInbound(Buffer.from(raw), own).catch(() => null),
);
