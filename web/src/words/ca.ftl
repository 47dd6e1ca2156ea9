page-title = Visita
skip = Ves al contingut
quick-exit = Surt ràpid
quick-exit-hint = També podeu prémer tres vegades la tecla Esc.
language = Llengua
text-size = Mida de la lletra
text-size-normal = Lletra normal
text-size-large = Lletra gran
text-size-largest = Lletra molt gran
continue = Continua
back = Torna enrere
change = Canvia-ho
try-again = Torna-ho a provar
start-over = Torna a començar

opening = Un moment, si us plau…

welcome-heading = Bon dia, { $name }
welcome-from = Us ho demana { $organisation }.
welcome-with = Us acompanya { $professional }.
welcome-paper = El paper d’avui
welcome-questions = { $count ->
    [0] No hi ha cap pregunta.
    [one] Us farem una pregunta.
   *[other] Us farem { $count } preguntes, d’una en una.
  }
welcome-answered = Ja vau contestar les preguntes: les respostes no canvien.
welcome-read = Després podreu llegir el paper sencer.
welcome-decide = Al final decidiu vós: signar-lo, no signar-lo o pensar-vos-ho.
welcome-time = Preneu-vos el temps que vulgueu. Si no enteneu alguna cosa, pregunteu.
welcome-begin = Comencem

item-step = Pregunta { $index } de { $count }
item-consequence = Si dieu que no
item-consequence-object = Si no voleu que ho consultem
item-until = Val fins al { $date }.
item-notice = Llegiu l’avís sencer
item-choose = Trieu una resposta
item-missing = Abans de continuar, trieu una de les respostes. Totes són bones.
choice-grant = Sí, hi dono permís
choice-refuse = No hi dono permís
choice-defer = Ara no ho sé
choice-informed = Me n’han informat
choice-object = No vull que ho consulteu

review-heading = Això és el que heu decidit
review-none = No hi havia cap pregunta.
review-next = Ara posarem aquestes respostes al paper. Un cop fet, el paper ja no canvia.
review-prepare = Prepara el paper
preparing = Estem preparant el paper…

reading-heading = Llegiu el paper
reading-same = És exactament el paper que quedarà signat.
reading-code = Codi del paper
reading-as-text = Mostra’l com a text
reading-as-paper = Mostra’l com a paper
reading-page = Pàgina { $page } de { $pages }
reading-decide = Què voleu fer?
reading-loading = Estem obrint el paper…
sign = Ho signo
refuse = No ho signo
defer = M’ho vull pensar

method-heading = Com ho voleu signar?
method-equal = Totes valen igual.
method-missing = Abans de continuar, trieu com ho voleu signar.
method-drawn = Faig la meva signatura; només es desa el dibuix.
method-button = { $professional ->
    [none] Confirmo amb un botó.
   *[other] Confirmo amb un botó; { $professional } ha comprovat qui soc.
  }
method-dynamics = Faig la signatura i es desa també com la faig (ritme i pressió).
method-dynamics-more = Va xifrat; la clau la té { $custodian }, no { $organisation }; només s’obre en un peritatge. Podeu demanar que s’esborri.

ink-heading = Signeu aquí
ink-label = Espai per signar
ink-says = En signar dieu:
ink-help = Amb el llapis o amb el dit. Tant si sou dretà com esquerrà.
ink-drawn-only = Només es desa el dibuix.
ink-dynamics = Es desa també el ritme i la pressió, xifrats per a { $custodian }.
ink-undo = Desfés l’últim traç
ink-clear = Esborra-ho tot
ink-other-way = Signa d’una altra manera
ink-missing = Encara no heu dibuixat res. Signeu dins del requadre o trieu una altra manera.
ink-some = Hi ha { $count ->
    [one] un traç dibuixat.
   *[other] { $count } traços dibuixats.
  }
ink-none = El requadre és buit.
ink-slow = Aquesta tauleta pren pocs punts per segon: el ritme quedarà recollit amb poc detall. Podeu signar així o d’una altra manera, que val igual.

button-heading = Confirmeu que ho signeu
statement = He llegit el paper «{ $title }» i hi estic d’acord.
statement-informed = He llegit el paper «{ $title }» i n’estic informat o informada.
button-checked = { $professional } ha comprovat qui sou.

leave-refused-heading = No ho voleu signar?
leave-refused-text = Hi teniu tot el dret. Quedarà constància que heu dit que no, i prou.
leave-deferred-heading = Us ho voleu pensar?
leave-deferred-text = Cap problema. Ho deixem com està i en podreu parlar un altre dia.
sending = Un moment, ho estem desant…

done-sealed = Segellat
done-sealed-text = El paper està signat i segellat. Ja no es pot canviar sense que es noti.
done-pending = Rebut
done-pending-text = El paper està signat i segellat. El segell de temps està pendent i s’hi afegirà tot sol.
done-kept = Què heu signat
done-code = Codi per comprovar el document
done-withdraw = Si heu donat permís per a alguna cosa, el podeu retirar quan vulgueu, tan fàcilment com ara.
done-end = Ja podeu tornar la tauleta. Gràcies.
answered-refused = D’acord: no ho heu signat
answered-refused-text = Ho hem apuntat. No heu de donar cap explicació.
answered-deferred = D’acord: us ho penseu
answered-deferred-text = No s’ha signat res. Quan vulgueu, ho tornem a mirar.

problem-reference = Si demaneu ajuda, digueu aquest codi:
problem-offline = S’ha perdut la connexió
problem-offline-text = El que heu fet continua aquí. Quan torni la connexió, premeu el botó i seguirem on érem.
problem-link = Aquest enllaç no obre res
problem-link-text = Demaneu a la persona que us acompanya que torni a obrir la visita.
problem-expired = Aquest enllaç ha caducat
problem-expired-text = No s’ha signat res. Demaneu a la persona que us acompanya que prepari una visita nova.
problem-used = Això ja està fet
problem-used-text = Aquest paper ja es va signar o contestar abans. No cal que feu res més.
problem-frozen = Les respostes ja són al paper
problem-frozen-text = Aquestes preguntes ja es van contestar d’una altra manera, i el paper ja no canvia. Si no hi esteu d’acord, digueu que us ho voleu pensar.
problem-stale = El paper ha canviat mentrestant
problem-stale-text = No s’ha signat res. Cal que llegiu la versió nova abans de decidir.
problem-digest = El paper no és el que havia de ser
problem-digest-text = El paper que ha arribat a la tauleta no és igual que el que s’havia preparat. Per això no us deixem signar-lo. No s’ha signat res. Si torna a passar, aviseu la persona que us acompanya.
problem-custody = La signatura no s’ha pogut recollir prou bé
problem-custody-text = Aquesta tauleta no ha pogut guardar el ritme i la pressió com cal. No s’ha signat res: trieu una altra manera, que val igual.
problem-unreadable = El paper no es pot mostrar
problem-unreadable-text = La tauleta no pot ensenyar aquest paper, i no us farem signar res que no hàgiu vist. Aviseu la persona que us acompanya.
problem-busy = El servei està molt ocupat
problem-busy-text = El que heu fet continua aquí. Espereu uns segons i torneu-ho a provar.
problem-server = El servei ha tingut un problema
problem-server-text = El que heu fet continua aquí. Torneu-ho a provar; si continua igual, aviseu la persona que us acompanya.
problem-refused = El servei no ho ha acceptat
problem-refused-text = No s’ha signat res. Aviseu la persona que us acompanya i digueu-li el codi de sota.

check-title = Comprovació
check-heading = Comproveu un paper signat
check-intro = Trieu el fitxer PDF. Us direm si ha canviat des que es va signar, qui el va segellar i quan.
check-code = Codi imprès al paper
check-code-type = Codi imprès al paper, si el teniu
check-code-incomplete = El codi no és sencer, o hi ha un signe que cap codi no porta. Copieu els sis grups: no hi ha cap 0, cap 1, cap I ni cap O.
check-code-mistyped = Aquest codi no pot ser. Compareu-lo amb el paper: hi ha un signe canviat, o dos de girats.
check-code-intro = El codi sol no demostra res: cal el fitxer. Trieu el PDF del paper i us direm si és aquest i si ha canviat.
check-choose = Trieu el fitxer PDF
check-drop = o deixeu-lo anar aquí
check-one-file = Trieu un sol fitxer.
check-not-kept = El fitxer s’envia a aquest servei només per comprovar-lo. No es desa.
check-working = Ho estem comprovant…
check-unchanged = No s’ha canviat des que es va signar
check-extended = No s’ha canviat des que es va signar; després només s’hi han afegit signatures
check-changed = S’ha canviat després de signar-se
check-false = La signatura no és bona
check-unknown = No ho podem saber
check-none = No hi ha cap signatura
check-none-text = Aquest fitxer no porta cap signatura que es pugui comprovar. Un paper imprès i escanejat ja no en porta: cal el fitxer original.
check-error = No s’ha pogut llegir
check-error-text = Potser no és un PDF, o està malmès. Això no diu res de la signatura.
check-why = Motiu
check-claims = Això és el que diu el fitxer. No ho donem per bo.
check-who = Qui
check-kind = Què és
check-when = Quan
check-changes = Canvis
check-level = Nivell d’evidència
check-not-proven = Què no queda provat
check-by-seal = segellat per { $name }
check-by-signature = signat amb el certificat de { $name }
check-by-timestamp = segell de temps de { $name }
check-by-declared = segellat per { $name }, que declara que una persona (nom no revelat) { $did } i que { $meant }
check-nobody = algú que no es pot saber
check-organisational = segell d’una organització, no d’un prestador d’una llista de confiança
check-proven = provat per un segell de temps
check-claimed = ho diu qui signa
check-no-time = no se sap
check-no-changes = cap
check-more = … i { $count } més
check-outcome-total-passed = Bona
check-outcome-total-failed = No és bona
check-outcome-indeterminate = No ho podem saber
check-code-inside = Codi dins del fitxer
check-code-same = És el mateix codi: aquest fitxer és el del paper imprès.
check-code-other = No és el mateix codi: aquest fitxer és d’un altre paper.
check-code-unknown = No podem dir si aquest fitxer és el paper d’aquest codi.
check-another = Comprova un altre fitxer
check-problem-offline = S’ha perdut la connexió
check-problem-offline-text = El fitxer no s’ha comprovat. Quan torni la connexió, torneu-ho a provar.
check-problem-busy = El servei està molt ocupat
check-problem-busy-text = El fitxer no s’ha comprovat. Espereu uns segons i torneu-ho a provar.
check-problem-refused = El fitxer és massa gran
check-problem-refused-text = El servei no l’ha acceptat, i no s’ha comprovat. Es pot comprovar amb el programa segell.
check-problem-server = El servei ha tingut un problema
check-problem-server-text = El fitxer no s’ha comprovat. Torneu-ho a provar més tard.

did-drawn = va fer la seva signatura
did-drawn-with-dynamics = va fer la seva signatura (també es va desar com la va fer)
did-button = ho va confirmar amb un botó
did-official = va signar per mitjà d’una persona funcionària habilitada
did-witnesses = va signar davant de testimonis
meant-agree = hi està d’acord
meant-agree-with-reservation = hi està d’acord amb una nota
meant-informed = n’està informada
meant-received = ho ha rebut
meant-disagree = no hi està d’acord

gap-hand = que la persona signés de la seva mà
gap-revocation = que el certificat no estigui revocat (no hi ha dades de revocació)
gap-time = el moment (no hi ha cap segell de temps de confiança)
gap-act-identity-evidence = com es va comprovar qui era la persona (no s’ha revelat)
gap-ocsp = les respostes OCSP que porta el fitxer
gap-pdf-encryption = res del que hi ha xifrat amb contrasenya

why-format-failure = no està feta com ha d’estar feta
why-hash-failure = el contingut signat ha canviat
why-sig-crypto-failure = no correspon al certificat
why-revoked = es va fer quan el certificat ja estava revocat
why-expired = es va fer quan el certificat ja havia caducat
why-not-yet-valid = es va fer abans que el certificat fos vàlid
why-sig-constraints-failure = hi ha canvis o una estructura que no es poden explicar
why-chain-constraints-failure = el certificat no serveix per a això
why-certificate-chain-general-failure = la cadena de certificats no és bona
why-crypto-constraints-failure = el mètode criptogràfic és massa feble o desconegut
why-crypto-constraints-failure-no-poe = el mètode criptogràfic és massa feble o desconegut
why-timestamp-order-failure = els segells de temps es contradiuen
why-no-signing-certificate-found = falta el certificat de qui signa
why-no-certificate-chain-found = falta una autoritat de confiança per a aquest certificat
why-revoked-no-poe = el certificat està revocat i falta una prova que la signatura és anterior
why-revoked-ca-no-poe = el certificat està revocat i falta una prova que la signatura és anterior
why-out-of-bounds-no-poe = el certificat no és vàlid ara i falta una prova que la signatura és d’abans
why-signed-data-not-found = falta el que es va signar
