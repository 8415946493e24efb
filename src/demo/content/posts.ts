import type { DemoPost } from '../content-types.ts';
import { ACTIP } from './actip.ts';
import { GLOSSARY } from './glossary.ts';
import { HOTLINES } from './hotlines.ts';
import { IDENTIFICATION } from './identification-vi.ts';
import { SCHOOLS } from './khmer-schools.ts';
import { NEWSLETTER_JUNE } from './newsletter-june.ts';
import { NEWSLETTER_OCTOBER } from './newsletter-october.ts';
import { QUESTION } from './question.ts';
import { RECRUITMENT } from './recruitment.ts';
import { RETURN } from './return-th.ts';
import { SAFE_MIGRATION } from './safe-migration.ts';
import { SDGS } from './sdgs.ts';
import { SIX_COUNTRIES } from './six-countries.ts';
import { WORLD_DAY } from './world-day.ts';
import { YEAR } from './year-zh.ts';

/** The demo blog, oldest first. */
export const POSTS: readonly DemoPost[] = [
  SIX_COUNTRIES,
  GLOSSARY,
  SAFE_MIGRATION,
  IDENTIFICATION,
  HOTLINES,
  NEWSLETTER_JUNE,
  WORLD_DAY,
  RETURN,
  SCHOOLS,
  RECRUITMENT,
  QUESTION,
  SDGS,
  NEWSLETTER_OCTOBER,
  ACTIP,
  YEAR,
];
