import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PublicAddress } from '../../access/public-address.ts';

/** What search engines find nothing in: places of members and staff, forms, and one page in another order or of another time. */
const NOT_CRAWLED = [
  '/admin',
  '/audit',
  '/moderation/',
  '/settings',
  '/notifications',
  '/drafts',
  '/bookmarks',
  '/write',
  '/register',
  '/sign-in',
  '/sign-out',
  '/forgot',
  '/reset/',
  '/confirm/',
  '/stay/',
  '/leave/',
  '/preview/',
  '/appeal',
  '/receipts/',
  '/embed',
  '/api/',
  '/comments/*/report',
  '/comments/*/edit',
  '/comments/*/remove',
  '/*?q=',
  '/*?s=',
  '/*?at=',
  '/*?sort=',
  '/*?answer=',
  '/*?since=',
];

/** Where crawlers may go (RFC 9309), and where the addresses are listed. */
@Controller('robots.txt')
export class RobotsController {
  readonly #address: PublicAddress;

  constructor(@Inject(PublicAddress) address: PublicAddress) {
    this.#address = address;
  }

  @Get()
  robots(@Res() reply: FastifyReply): void {
    const rules = ['User-agent: *', ...NOT_CRAWLED.map((path) => `Disallow: ${path}`)];
    const lines = [...rules, '', `Sitemap: ${this.#address.origin}/sitemap.xml`];
    reply
      .header('content-type', 'text/plain; charset=utf-8')
      .header('cache-control', 'public, max-age=3600')
      .send(`${lines.join('\n')}\n`);
  }
}
