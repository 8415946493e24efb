import { Controller, Delete, Get, HttpCode, Inject, Param, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PushDevice, PushDevices } from '../../../../libs/client/index.ts';
import { requireId } from '../../../../libs/kernel/index.ts';
import { askingOf } from '../../../access/asking.ts';
import { memberOf } from '../../../access/request.ts';
import { OwnPushDevices } from '../../../acts/push-devices.ts';
import { Input } from '../../input/input.ts';
import { PushBody } from '../dto/notifications.ts';
import { keepPrivate, tellWritten } from './answers.ts';

/** The devices on which a member is told by push. */
@Controller('api/v1/members/me/push')
export class PushController {
  readonly #devices: OwnPushDevices;

  constructor(@Inject(OwnPushDevices) devices: OwnPushDevices) {
    this.#devices = devices;
  }

  @Get()
  list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PushDevices> {
    keepPrivate(reply);
    return this.#devices.list(memberOf(request));
  }

  @Put()
  async add(
    @Input(PushBody) body: PushBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PushDevice> {
    const { device, position } = await this.#devices.add(body, memberOf(request), askingOf(request));
    tellWritten(reply, position);
    return device;
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const device = requireId(id, 'not_found');
    tellWritten(reply, await this.#devices.remove(device, memberOf(request), askingOf(request)));
  }
}
