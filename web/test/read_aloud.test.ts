import { describe, expect, it } from 'vitest';
import { localVoice, sentencesOf } from '../src/ui/read_aloud';

const voice = (name: string, lang: string, localService: boolean, byDefault = false) =>
  ({ name, lang, localService, default: byDefault, voiceURI: name }) as SpeechSynthesisVoice;

describe('the voice that reads aloud', () => {
  it('lives on this device: one that sends the text away is never taken', () => {
    expect(localVoice([voice('cloud', 'ca-ES', false, true)], 'ca')).toBeNull();
    expect(localVoice([voice('cloud', 'ca-ES', false, true), voice('own', 'ca_ES', true)], 'ca')?.name).toBe('own');
  });

  it('speaks the language, whatever its region; the device says which is best', () => {
    const voices = [voice('castellano', 'es-ES', true, true), voice('one', 'ca-AD', true), voice('two', 'ca-ES', true, true)];
    expect(localVoice(voices, 'ca')?.name).toBe('two');
    expect(localVoice(voices, 'en')).toBeNull();
    expect(localVoice([voice('Cabo Verde', 'cav', true)], 'ca')).toBeNull();
  });
});

describe('what it says at once', () => {
  it('is a sentence', () => {
    expect(sentencesOf('Us ho demana l’Ajuntament. Val fins al 31 de desembre.  Hi esteu d’acord? ', 'ca')).toEqual([
      'Us ho demana l’Ajuntament.',
      'Val fins al 31 de desembre.',
      'Hi esteu d’acord?',
    ]);
    expect(sentencesOf(' ', 'ca')).toEqual([]);
  });
});
