import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { RouteTable } from '../api/http/server/route-table.ts';
import { MissingPermission, permissionOf, requirePermission } from './permission-table.ts';
import type { Principal } from './principal.ts';

const member = (roles: Principal['roles']): Principal => ({
  memberId: 'a',
  handle: 'a',
  displayName: 'A',
  roles,
  locale: 'en',
  membership: 'active',
  sessionId: 's',
  sessionExpiresAt: '',
  sessionEndsAt: '',
});

describe('the permission table', () => {
  it('stops the start for a route or message without an entry', () => {
    expect(() => permissionOf('GET /api/v1/secrets')).toThrow(new MissingPermission('GET /api/v1/secrets'));
    expect(() => permissionOf('toString')).toThrow(MissingPermission);
    const server = fastify();
    new RouteTable().watch(server);
    expect(() => server.get('/forgotten', () => 'all')).toThrow(MissingPermission);
    expect(() => server.get('/health/live', () => 'all')).not.toThrow();
  });

  it('lets in whom an entry names, and says to others why not', () => {
    const outcome = (permission: Parameters<typeof requirePermission>[0], principal: Principal | null): string => {
      try {
        requirePermission(permission, principal);
        return 'allowed';
      } catch (error) {
        return String(Reflect.get(Object(error), 'code'));
      }
    };
    const asked = [null, member(['member']), member(['member', 'moderator']), member(['member', 'admin'])];
    expect(asked.map((principal) => outcome('anyone', principal))).toEqual([
      'allowed',
      'allowed',
      'allowed',
      'allowed',
    ]);
    expect(asked.map((principal) => outcome('member', principal))).toEqual([
      'unauthenticated',
      'allowed',
      'allowed',
      'allowed',
    ]);
    expect(asked.map((principal) => outcome(['moderator'], principal))).toEqual([
      'unauthenticated',
      'forbidden',
      'allowed',
      'allowed',
    ]);
  });

  it('knows what may be done at a path', () => {
    const server = fastify();
    const routes = new RouteTable();
    routes.watch(server);
    server.get('/api/v1/posts/:id/comments', () => '').post('/api/v1/posts/:id/comments', () => '');
    server.get('/api/v1/posts/archive', () => '').get('/api/v1/posts/:idOrSlug', () => '');
    expect(routes.methodsAt('/api/v1/posts/7/comments')).toEqual(['GET', 'HEAD', 'POST']);
    expect(routes.methodsAt('/api/v1/posts/archive')).toEqual(['GET', 'HEAD']);
    expect(routes.methodsAt('/api/v1/posts')).toEqual([]);
  });
});
