/** The words of the made-up archive: invented persons, real topics and countries, text that only looks like policy prose. */

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** By how often they are used. */
export const FUNCTION_WORDS = list(`the of and to in a that is for it on as with be by this are not has will was its have from at
  but which would an or their they more been if more than can also no should other while all there we so only about what when`);

export const POLICY_WORDS = list(`government policy president country region trade economic political state market power public
  support security international reform law election growth investment energy oil court congress minister party crisis debt
  sanctions migrants border climate water export import tariff currency inflation bank budget tax spending labor wages health
  education vaccine hospital school police prison drug violence gang corruption prosecutor judge constitution senate vote ballot
  candidate coalition opposition protest strike union farmer soy beef copper lithium mining pipeline gas electricity solar wind
  hydrogen emissions forest deforestation river dam drought flood hurricane port canal shipping rail road airport highway internet
  telecom spectrum privacy data artificial startup credit loan bond investor fund pension insurance remittances poverty inequality
  women youth indigenous community rights democracy dictatorship military army navy treaty summit alliance diplomacy embassy
  ambassador negotiation agreement ceasefire referendum mandate regulator agency commission council mayor governor province
  decree amendment impeachment pardon transparency audit contract concession subsidy fiscal monetary deficit surplus reserves
  devaluation peso dollar exchange capital goods supply chain factory manufacturing automobile textile steel cement fertilizer
  grain harvest coffee sugar banana fishing tourism visa asylum refugee deportation citizenship census housing transport fuel
  diesel refinery barrel exploration offshore auction bidding tender infrastructure partnership development loan lender donor
  humanitarian assistance famine epidemic malaria cholera medicine nurse university teacher student science technology satellite
  cyber attack intelligence surveillance journalist press censorship broadcaster newspaper society church evangelical`);

export const TOPICS: readonly (readonly [name: string, words: readonly string[]])[] = [
  ['Trade', list('tariff export import agreement customs quota exporters duties bloc dumping')],
  ['Energy', list('oil gas electricity refinery barrel hydrogen pipeline grid blackout turbine')],
  ['Migration', list('migrants asylum border visa refugee deportation shelter caravan smugglers consulate')],
  ['Elections', list('ballot candidate vote coalition runoff turnout campaign observers polls recount')],
  ['Public Debt', list('bond creditor default restructuring maturity lender deficit haircut issuance bondholders')],
  ['Climate', list('emissions deforestation forest drought carbon adaptation offsets methane resilience glacier')],
  ['Security', list('police gang prison violence homicide extortion cartel patrol militia disarmament')],
  ['Health', list('hospital vaccine medicine nurse epidemic clinic immunization dengue cholera shortages')],
  ['Education', list('school teacher student university curriculum literacy tuition scholarship dropout classroom')],
  ['Mining', list('copper lithium concession royalty tailings smelter geologist nickel deposit brine')],
  ['Justice', list('judge court prosecutor constitution corruption impeachment pardon tribunal verdict extradition')],
  ['Technology', list('data privacy internet spectrum startup satellite cyber broadband fintech algorithm')],
];

export const COUNTRIES =
  list(`AR BO BR CL CO CR CU DO EC SV GT GY HT HN JM MX NI PA PY PE SR TT UY VE US CA ES PT FR DE GB IT PL SE
  NO TR CN JP IN ZA`);

export const GIVEN =
  list(`Ada Bruno Carla Diego Elena Farid Greta Hugo Inés João Karin Luís Marta Nils Olga Pablo Quim Rosa Søren Tomás
  Ulla Víctor Wanda Ximena Yusuf Zoë Amara Björn Chloé Dário Émile Fátima Gëzim Hana Iván Jūratė Koffi Lucía Mila Noé`);

export const FAMILY =
  list(`Achterberg Barrientos Cavalcanti Drăgulescu Etxeberria Fonseca Gunnarsson Hallström Ibáñez Jørgensen Kovács
  Lindqvist Montalbán Nwosu Østergaard Piñeiro Quiroga Rzepka Sepúlveda Thorvald Urrutia Vasconcelos Wałczak Xuereb Yıldırım Zamorano
  Almqvist Bustamante Czarnecki Dubois Engström Ferreira Goicoechea Hernandorena Ishikawa Jaramillo Kjeldsen Larrañaga Mbeki Núñez Okafor
  Pereyra Rasmussen Sandoval Troncoso Ugarte Velasco Wójcik Zubizarreta`);

/** Planted in ten responses each, whatever the size. */
export const RARE_WORDS =
  list(`quonderal brixolate zemphyric voltarquin drumbaxal kestroval plynthoria wexandrel jorvaxine mulquorath
  fennibrax ostrigalm tryvandock glimbersax yarrowquex habbertine sculvoran dapplexor nimbrosty cravenquill`);
