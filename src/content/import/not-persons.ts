import { fold } from '../../search/tokens.ts';
import { countryNames } from '../countries.ts';

const words = (text: string): ReadonlySet<string> => new Set(fold(text).split(' '));

/** Words (folded) that in capitals belong to institutions, places, titles of jobs, headings and labels, not to names of persons. */
const NEVER_IN_NAMES = words(`
  american americas america latin united states north south central east west eastern western northern southern bank institute university
  college school faculty center centre council house white ministry minister president director secretary government national international
  world foreign policy climate change trade report editor editors note notes photo image question questions answer answers statement source
  sources figure table read more share related subscribe follow about this why what how who when where is are will should can could does do did
  board advisors advisers advisory news newsletter letter review journal press weekly daily bulletin former senior chief executive officer head
  fellow partner vice deputy associate assistant managing general department office agency company group fund foundation organization
  association federation committee commission parliament senate congress court supreme party movement network programme program project
  economy economic economics energy water health security development finance financial business market markets
  response responses respondent respondents reaction topic update correction disclosure disclaimer copyright rights reserved page continued
  january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo
  janeiro fevereiro maio junho julho setembro outubro novembro dezembro segunda terca quarta quinta sexta
  fundacion fundacao instituto universidad universidade centro banco consejo conselho ministerio gobierno governo presidente presidenta
  diretor diretora directora ministro ministra pregunta preguntas respuesta respuestas pergunta resposta respostas nota imagen imagem lea leia
  tambien tambem profesor profesora professor professora investigador investigadora pesquisador pesquisadora economista abogado abogada
  advogado advogada analista periodista jornalista embajada embaixada embassy nacional internacional foto fotos america latina redaccion redacao editorial
  street avenue city river republic republica kingdom union europe europa european african asian asia africa caribbean caribe
  llp inc ltd llc corp plc gmbh sa the an our your and but if by with from for at in on of
  una uma uns para porque segun segundo que como quien quem cuando quando donde onde pero mas esta este esto isto
  strait canal gulf sea ocean island islands port ports airport free fair social public private central global regional local
  translated edited published posted written photograph credit advertisement sponsored cookie cookies privacy terms contact home menu search
  summary background introduction conclusion analysis opinion comment comments commentary interview transcript briefing`);

/** Articles and particles that stand in names, but never first. */
const NEVER_FIRST = words(
  'a o e y as os los las el un um no na em en con com sin sem por he she they we it its his her their i there here',
);

const PLACES: ReadonlySet<string> = new Set(
  [
    ...`Hong Kong|Buenos Aires|New York|Wall Street|Cape Town|Mexico City|Puerto Rico|Rio Janeiro|Los Angeles|Santa Cruz|Santo Domingo|Santa
    Catarina|Minas Gerais|Mato Grosso|Rio Grande|San Juan|San José|San Salvador|Porto Alegre|Porto Velho|Port Prince|Kuala Lumpur|Tel Aviv|Addis
    Ababa|Sierra Madre|Mercosur Mercosul|Air France|Banco Mundial`
      .split('|')
      .map((place) => place.replace(/\s+/g, ' ')),
    ...countryCodes().flatMap((code) => countryNames(code).filter((name) => name.length > 2)),
  ].map(fold),
);

/** ISO 3166-1 alpha-2 codes that CLDR names, without groupings and codes of former countries. */
export function countryCodes(): string[] {
  const other = new Set(
    'AC AN BU CP CQ CS DD DG DY EA EU EZ FQ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB YD YU ZR ZZ'.split(
      ' ',
    ),
  );
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return codes.filter((code) => !other.has(code) && countryNames(code).length > 1);
}

/** Whether capitalised words cannot be the name of a person. */
export function isNoPerson(name: string): boolean {
  const folded = fold(name).split(' ');
  if (NEVER_FIRST.has(folded[0] ?? '') || PLACES.has(folded.join(' '))) return true;
  return name.split(/\s+/).some(
    (word) =>
      /^\p{Lu}/u.test(word) &&
      fold(word)
        .split(' ')
        .some((piece) => NEVER_IN_NAMES.has(piece)),
  );
}

/** Names of regions after “en” or “da” that are no affiliation: “experta en América Latina”. */
export function isRegion(text: string): boolean {
  const folded = fold(text);
  return (
    PLACES.has(folded) ||
    /^(?:latin america|america latina|central america|centroamerica|america do sul|america central|sudamerica|suramerica|caribe|europa|europe|africa|asia|oriente|middle east|sahel|amazonia|mercosur|mercosul)\b/.test(
      folded,
    )
  );
}
