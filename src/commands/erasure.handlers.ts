import { handlersFor } from '../../libs/nest-decider/index.ts';
import {
  BeginErasure,
  FinishErasure,
  RecordErasureStep,
  RememberErased,
  RequestErasure,
  TakeBackErasure,
  TakeBackWithAccount,
} from '../domain/erasure/erasure.commands.ts';
import { erasureDecider } from '../domain/erasure/erasure.decider.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export const erasureHandlers = handlersFor({
  decider: erasureDecider,
  decoder: decoders.erasure,
  commands: [
    RequestErasure,
    TakeBackErasure,
    TakeBackWithAccount,
    BeginErasure,
    RememberErased,
    RecordErasureStep,
    FinishErasure,
  ],
  stream: ({ data }) => streams.erasure(data.erasureId),
  needs: () => async () => null,
});
