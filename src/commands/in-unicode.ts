import { inUnicode } from '../../libs/burmese/index.ts';
import { type CommentCommand, EditComment, PostComment, PostGuestComment } from '../domain/comment/comment.commands.ts';
import { type GuestCommand, SendGuestComment } from '../domain/guest/guest.commands.ts';
import { ChangeProfile, type MemberCommand, RegisterMember } from '../domain/member/member.commands.ts';
import { type TranslationCommand, WriteTranslation } from '../domain/translation/translation.commands.ts';

/** The command with the Burmese of its text in Unicode, as it is stored: the rules judge what readers will see. */
export function commentInUnicode(command: CommentCommand): CommentCommand {
  if (command instanceof PostComment) return new PostComment(bodyInUnicode(command.data), command.meta);
  if (command instanceof EditComment) return new EditComment(bodyInUnicode(command.data), command.meta);
  if (command instanceof PostGuestComment) return new PostGuestComment(bodyInUnicode(command.data), command.meta);
  return command;
}

export function guestInUnicode(command: GuestCommand): GuestCommand {
  return command instanceof SendGuestComment
    ? new SendGuestComment(bodyInUnicode(command.data), command.meta)
    : command;
}

export function translationInUnicode(command: TranslationCommand): TranslationCommand {
  if (!(command instanceof WriteTranslation)) return command;
  const { title, ...data } = command.data;
  return new WriteTranslation({ ...bodyInUnicode(data), title: inUnicode(title) }, command.meta);
}

/** Members' names; handles have no Burmese. */
export function memberInUnicode<Sent extends MemberCommand>(command: Sent): Sent | RegisterMember | ChangeProfile {
  if (command instanceof RegisterMember) return new RegisterMember(nameInUnicode(command.data), command.meta);
  if (command instanceof ChangeProfile) return new ChangeProfile(nameInUnicode(command.data), command.meta);
  return command;
}

function nameInUnicode<Data extends { readonly displayName?: string }>(data: Data): Data {
  return data.displayName === undefined ? data : { ...data, displayName: inUnicode(data.displayName) };
}

interface PostTexts {
  readonly title?: string;
  readonly body?: string;
  readonly excerpt?: string | null;
}

/** The same for what is published, or changed in a post. */
export function postInUnicode<Post extends PostTexts>(post: Post): Post {
  const { title, body, excerpt } = post;
  return {
    ...post,
    ...(title !== undefined && { title: inUnicode(title) }),
    ...(body !== undefined && { body: inUnicode(body) }),
    ...(typeof excerpt === 'string' && { excerpt: inUnicode(excerpt) }),
  };
}

function bodyInUnicode<Data extends { readonly body: string }>(data: Data): Data {
  return { ...data, body: inUnicode(data.body) };
}
