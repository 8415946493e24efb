import { answerQuestions } from '../../libs/answering-thread/index.ts';
import { measuredTranslation } from './measured-translation.ts';

answerQuestions(measuredTranslation);
