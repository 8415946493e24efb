import type { NotificationChoice, PushWish, QuietTime, ReadMark } from '../../../../libs/client/index.ts';
import {
  DAY_TIME_PATTERN,
  LONGEST_PUSH_ENDPOINT,
  NOTIFICATION_KINDS,
  NOTIFICATION_WAYS,
  type NotificationWays,
} from '../../../../libs/words/index.ts';
import { IsBoolean, IsChoice, IsPosition, IsSettings, IsText, Nullable, Optional } from '../../input/rules.ts';
import { ListQuery } from './lists.ts';

const ways: readonly unknown[] = NOTIFICATION_WAYS;
const isWays = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= ways.length && value.every((way) => ways.includes(way));
const isDayTime = (value: unknown): boolean => typeof value === 'string' && DAY_TIME_PATTERN.test(value);

export class NotificationListQuery extends ListQuery {
  @Optional()
  @IsChoice(['all', 'unread'])
  declare readonly filter?: 'all' | 'unread';
}

export class ReadMarkBody implements ReadMark {
  @IsPosition()
  declare readonly upTo: string;
}

export class PushBody implements PushWish {
  @IsText({ min: 1, max: LONGEST_PUSH_ENDPOINT, lines: 'one' })
  declare readonly endpoint: string;

  @IsText({ min: 1, max: 100, lines: 'one' })
  declare readonly p256dh: string;

  @IsText({ min: 1, max: 50, lines: 'one' })
  declare readonly auth: string;
}

export class NotificationChoiceBody implements NotificationChoice {
  @Optional()
  @IsSettings(Object.fromEntries(NOTIFICATION_KINDS.map((kind) => [kind, isWays])))
  declare readonly ways?: Partial<NotificationWays>;

  @Optional()
  @IsBoolean()
  declare readonly followOwn?: boolean;

  @Nullable()
  @IsSettings({ from: isDayTime, to: isDayTime })
  declare readonly quietHours?: QuietTime | null;

  @Nullable()
  @IsText({ min: 1, max: 60, lines: 'one' })
  declare readonly timeZone?: string | null;
}
