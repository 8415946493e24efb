import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type {
  AttendedDiscussion,
  DiscussionAttention,
  IgnoredMember,
  NotificationList,
  NotificationPreferences,
  Page,
  UnreadCount,
} from '../../../../libs/client/index.ts';
import { BEFORE_FIRST, parsePosition, requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { type AttentionAct, BeingTold } from '../../../acts/being-told.ts';
import {
  GetFollowed,
  GetIgnoredMembers,
  GetMuted,
  GetNotificationPreferences,
  GetNotifications,
} from '../../../views/notifications/notifications.query-types.ts';
import { Input, QueryInput } from '../../input/input.ts';
import { ListQuery, pageOf } from '../dto/lists.ts';
import { NotificationChoiceBody, NotificationListQuery, ReadMarkBody } from '../dto/notifications.ts';
import { keepPrivate, tellWritten } from './answers.ts';

const USUAL_PAGE = 20;

/** What a member is told of, and what a member wants to be told of. */
@Controller('api/v1')
export class NotificationsController {
  readonly #told: BeingTold;
  readonly #queries: QueryBus;

  constructor(@Inject(BeingTold) told: BeingTold, @Inject(QueryBus) queries: QueryBus) {
    this.#told = told;
    this.#queries = queries;
  }

  @Get('notifications')
  list(
    @QueryInput(NotificationListQuery) query: NotificationListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationList> {
    keepPrivate(reply);
    return this.#queries.execute(
      new GetNotifications(memberOf(request), pageOf(query, USUAL_PAGE), query.filter ?? 'all'),
    );
  }

  @Put('notifications/read')
  async markRead(
    @Input(ReadMarkBody) { upTo }: ReadMarkBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnreadCount> {
    const { unread, position } = await this.#told.markRead(
      parsePosition(upTo) ?? BEFORE_FIRST,
      memberOf(request),
      askingOf(request),
    );
    tellWritten(reply, position);
    return { unread };
  }

  @Get('members/me/notifications')
  preferences(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationPreferences> {
    keepPrivate(reply);
    return this.#queries.execute(new GetNotificationPreferences(memberOf(request).memberId));
  }

  @Put('members/me/notifications')
  async choose(
    @Input(NotificationChoiceBody) body: NotificationChoiceBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationPreferences> {
    const { preferences, position } = await this.#told.choose(body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return preferences;
  }

  @Get('members/me/follows')
  follows(
    @QueryInput(ListQuery) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<AttendedDiscussion>> {
    keepPrivate(reply);
    return this.#queries.execute(new GetFollowed(memberOf(request).memberId, pageOf(query, USUAL_PAGE)));
  }

  @Get('members/me/mutes')
  mutes(
    @QueryInput(ListQuery) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<AttendedDiscussion>> {
    keepPrivate(reply);
    return this.#queries.execute(new GetMuted(memberOf(request).memberId, pageOf(query, USUAL_PAGE)));
  }

  @Get('members/me/ignores')
  ignores(
    @QueryInput(ListQuery) query: ListQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Page<IgnoredMember>> {
    keepPrivate(reply);
    return this.#queries.execute(new GetIgnoredMembers(memberOf(request).memberId, pageOf(query, USUAL_PAGE)));
  }

  @Put('posts/:id/follow')
  follow(@Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#attend('follow', id, { request, reply });
  }

  @Delete('posts/:id/follow')
  unfollow(@Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#attend('unfollow', id, { request, reply });
  }

  @Put('posts/:id/mute')
  mute(@Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#attend('mute', id, { request, reply });
  }

  @Delete('posts/:id/mute')
  unmute(@Param('id') id: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return this.#attend('unmute', id, { request, reply });
  }

  @Put('members/:id/ignore')
  @HttpCode(204)
  async ignore(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const other = requireId(id, 'member_not_found');
    tellWritten(reply, await this.#told.ignore(other, memberOf(request), askingOf(request)));
  }

  @Delete('members/:id/ignore')
  @HttpCode(204)
  async heed(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const other = requireId(id, 'member_not_found');
    tellWritten(reply, await this.#told.heed(other, memberOf(request), askingOf(request)));
  }

  async #attend(
    act: AttentionAct,
    id: string,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): Promise<DiscussionAttention> {
    const postId = requireId(id, 'post_not_found');
    const { attention, position } = await this.#told.attend(act, postId, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return attention;
  }
}
