quick-exit-hint = També pots prémer tres vegades la tecla Esc.

welcome-from = T’ho demana { $organisation }.
welcome-with = T’acompanya { $professional }.
welcome-for-parent = Avui signes per a { $name }, com a mare o pare.
welcome-for-guardian = Avui signes per a { $name }, com a tutora o tutor.
welcome-for-curator = Avui signes per a { $name }, com a curadora o curador.
welcome-questions = { $count ->
    [0] No hi ha cap pregunta.
    [one] Et farem una pregunta.
   *[other] Et farem { $count } preguntes, d’una en una.
  }
welcome-onward = Quan contestes una pregunta ve la següent. Abans de signar pots canviar totes les respostes.
welcome-answered = Ja vas contestar les preguntes: les respostes no canvien.
welcome-read = Després podràs llegir el paper sencer.
welcome-decide = Al final decideixes tu: signar-lo, no signar-lo o pensar-t’ho.
welcome-time = Pren-te el temps que vulguis. Si no entens alguna cosa, pregunta.

item-consequence = Si dius que no
item-consequence-object = Si no vols que ho consultem
item-earlier-withdrawn = El { $date } vas retirar aquest permís.
item-earlier-refused = El { $date } vas dir que no a aquesta pregunta.
item-earlier-opposed = El { $date } vas dir que no volies que ho consultéssim.
item-earlier-stays = No cal que canviïs de parer, i ningú et pot pressionar perquè ho facis.
item-notice = Llegeix l’avís sencer
item-choose = Tria una resposta
item-answered = Has contestat: «{ $answer }».
item-before = A la pregunta { $index } has contestat: «{ $answer }».

review-heading = Això és el que has decidit
review-change = Si alguna cosa no és així, canvia-la.

reading-heading = Llegeix el paper
reading-paper = El paper amb les teves respostes
reading-decide = Què vols fer?
decide-free = Pots signar-lo, no signar-lo o pensar-t’ho: tens tot el dret a qualsevol de les tres coses. Si no el signes, quedarà constància que has dit que no, i prou. Si t’ho vols pensar, no se signa res i en podràs parlar un altre dia.

notes-missing-question = Hi ha una pregunta buida: escriu-la o treu-la.
notes-missing-interpreter = De qui ha fet d’intèrpret, digues el nom, la llengua i com hi ha ajudat.
notes-missing-support = De la persona de suport, digues el nom i què és de la persona.
notes-missing-alone = Digues si la persona ha pogut parlar a soles. Totes les respostes són bones.

meaning-heading = Què vols dir en signar?
meaning-choose = Tria una resposta. Totes valen igual.
meaning-note = La teva nota
meaning-note-hint = Digues amb les teves paraules amb què no hi estàs d’acord o què hi poses com a condició. La nota es guarda al costat del paper.
meaning-missing-meaning = Abans de continuar, tria una de les respostes. Totes són bones.
meaning-missing-reservation = Escriu la nota, o tria una altra resposta.

method-missing = Abans de continuar, tria com ho vols signar.
method-dynamics-more = Va xifrat; la clau la té { $custodian }, no { $organisation }; només s’obre en un peritatge. Pots demanar que s’esborri.

ink-says = En signar dius:
ink-help = Fes la teva signatura dins del requadre, amb el llapis o amb el dit, tant si ets dretà com esquerrà.
ink-again = La signatura que havies començat no s’ha desat. Signa un altre cop, o confirma-ho d’una altra manera.
ink-missing = Encara no has dibuixat res. Signa dins del requadre o tria una altra manera.
ink-slow = Aquesta tauleta pren pocs punts per segon: el ritme quedarà recollit amb poc detall. Pots signar així o d’una altra manera, que val igual.

button-or = O deixa el requadre buit i confirma-ho amb el botó «Ho signo»: val igual.
button-alone = Ho confirmes amb el botó «Ho signo».
button-checked = { $professional } ha comprovat qui ets.

method-official-more = { $officials }, en nom propi i amb el teu consentiment exprés.
on-behalf-heading = Signa per tu una persona funcionària
on-behalf-text = Només val per a aquest paper. Ningú no signa per tu si no ho dius.
on-behalf-waits = Vas donar el consentiment perquè una persona funcionària ho signi per tu. Fins que ho faci, encara pots triar una altra cosa.
consented-heading = Molt bé: signa per tu una persona funcionària
consented-text = Queda anotat que hi dones el consentiment. Ara signa { $officials }, amb la seva sessió. Ja pots tornar la tauleta.

done-tablet-text = Has signat el paper. Queda desat aquí, xifrat, i se segellarà quan la tauleta tingui connexió.
before-signed = Has signat «{ $title }». Queda desat en aquesta tauleta.
before-refused = No has signat «{ $title }». Ho hem apuntat.
before-deferred = Et vols pensar «{ $title }». No se n’ha signat res.
copy-sheet = Amb aquest full pots veure i canviar el que has decidit. Escriu el codi a aquesta adreça, o escaneja el quadrat amb el mòbil.
done-kept = Què has signat
done-withdraw = Si has donat permís per a alguna cosa, el pots retirar quan vulguis, tan fàcilment com ara.
done-end = Ja pots tornar la tauleta. Gràcies.
copy-heading = Abans de tornar la tauleta: com vols el resguard?
copy-text = És un full amb el que has decidit i com ho pots canviar. Totes les opcions són bones.
copy-printed-heading = El teu resguard
copy-printed-text = Surt per la impressora. Si no surt, prem «Imprimeix». Endu-te el full.
copy-phone-heading = Escaneja aquest codi amb el teu mòbil
copy-phone-text = Obre la càmera del mòbil i enfoca el quadrat. Al mòbil podràs desar el resguard i canviar el que has decidit.
end-printed = T’endús el resguard en paper.
end-phone = Tens el resguard al mòbil.
end-post = T’enviarem el resguard per correu postal.
end-none = No t’endús cap resguard. El pots demanar quan vulguis.
answered-refused = D’acord: no ho has signat
answered-refused-text = No s’ha signat res. No has de donar cap explicació.
answered-deferred = D’acord: t’ho penses
answered-deferred-text = No s’ha signat res. Quan vulguis, ho tornem a mirar.
answered-stands = Comptarà quan triïs el resguard, tornis la tauleta o surtis d’aquí. Si se t’ha anat el dit, desfés-ho.

problem-reference = Si demanes ajuda, digues aquest codi:
problem-offline-text = El que has fet continua aquí. Quan torni la connexió, prem el botó i seguirem on érem.
problem-link-text = Demana a la persona que t’acompanya que torni a obrir la visita.
problem-expired-text = No s’ha signat res. Demana a la persona que t’acompanya que prepari una visita nova.
problem-not-yet = Encara no és el teu torn
problem-not-yet-text = Abans ha de signar una altra persona. Quan ho hagi fet, prem el botó o torna a obrir l’enllaç.
problem-used-text = Aquest paper ja es va signar o contestar abans. No cal que facis res més.
problem-frozen-text = Aquestes preguntes ja es van contestar d’una altra manera, i el paper ja no canvia. Si no hi estàs d’acord, digues que t’ho vols pensar.
problem-stale-text = No s’ha signat res. Cal que llegeixis la versió nova abans de decidir.
problem-witness-text = No s’ha signat res. Una de les dues persones té part en l’assumpte: busca un altre testimoni.
problem-not-representing = Ara no pots signar per aquesta persona
problem-not-representing-text = No s’ha signat res. Pot haver canviat qui la representa: parla’n amb qui t’acompanya.
problem-digest-text = El paper que ha arribat a la tauleta no és igual que el que s’havia preparat. Per això no et deixem signar-lo. No s’ha signat res. Si torna a passar, avisa la persona que t’acompanya.
problem-custody-text = Aquesta tauleta no ha pogut guardar el ritme i la pressió com cal. No s’ha signat res: tria una altra manera, que val igual.
problem-unreadable-text = La tauleta no pot ensenyar aquest paper, i no et farem signar res que no hagis vist. Avisa la persona que t’acompanya.
problem-busy-text = El que has fet continua aquí. Espera uns segons i torna-ho a provar.
problem-storage-text = Potser està plena o se n’han esborrat dades. No s’ha signat res que no hagis vist desat. Prem el botó; si continua igual, avisa la persona que t’acompanya.
problem-server-text = El que has fet continua aquí. Torna-ho a provar; si continua igual, avisa la persona que t’acompanya.
problem-refused-text = No s’ha signat res. Avisa la persona que t’acompanya i digues-li el codi de sota.
