quick-exit-hint = También puedes pulsar tres veces la tecla Esc.

welcome-from = Te lo pide { $organisation }.
welcome-with = Te acompaña { $professional }.
welcome-for-parent = Hoy firmas por { $name }, como madre o padre.
welcome-for-guardian = Hoy firmas por { $name }, como tutora o tutor.
welcome-for-curator = Hoy firmas por { $name }, como curadora o curador.
welcome-questions = { $count ->
    [0] No hay ninguna pregunta.
    [one] Te haremos una pregunta.
   *[other] Te haremos { $count } preguntas, de una en una.
  }
welcome-onward = Cuando contestes una pregunta vendrá la siguiente. Antes de firmar puedes cambiar todas las respuestas.
welcome-answered = Ya contestaste las preguntas: las respuestas no cambian.
welcome-read = Después podrás leer el papel entero.
welcome-decide = Al final decides tú: firmarlo, no firmarlo o pensártelo.
welcome-time = Tómate el tiempo que quieras. Si no entiendes algo, pregunta.

item-consequence = Si dices que no
item-consequence-object = Si no quieres que lo consultemos
item-earlier-withdrawn = El { $date } retiraste este permiso.
item-earlier-refused = El { $date } dijiste que no a esta pregunta.
item-earlier-opposed = El { $date } dijiste que no querías que lo consultáramos.
item-earlier-stays = No tienes que cambiar de opinión, y nadie puede presionarte para que lo hagas.
item-choose = Elige una respuesta
item-answered = Has contestado: «{ $answer }».
item-before = A la pregunta { $index } has contestado: «{ $answer }».

review-heading = Esto es lo que has decidido
review-change = Si algo no es así, cámbialo.

reading-heading = Lee el papel
reading-paper = El papel con tus respuestas
reading-decide = ¿Qué quieres hacer?
decide-free = Puedes firmarlo, no firmarlo o pensártelo: tienes todo el derecho a cualquiera de las tres cosas. Si no lo firmas, quedará constancia de que has dicho que no, y nada más. Si te lo quieres pensar, no se firma nada y podrás hablar de ello otro día.

notes-missing-question = Hay una pregunta vacía: escríbela o quítala.
notes-missing-interpreter = De quien ha hecho de intérprete, di el nombre, la lengua y cómo ha ayudado.
notes-missing-support = De la persona de apoyo, di el nombre y qué es de la persona.
notes-missing-alone = Di si la persona ha podido hablar a solas. Todas las respuestas son buenas.

meaning-heading = ¿Qué quieres decir al firmar?
meaning-choose = Elige una respuesta. Todas valen igual.
meaning-note = Tu nota
meaning-note-hint = Di con tus palabras con qué no estás de acuerdo o qué pones como condición. La nota se guarda junto al papel.
meaning-missing-meaning = Antes de continuar, elige una de las respuestas. Todas son buenas.
meaning-missing-reservation = Escribe la nota, o elige otra respuesta.

method-missing = Antes de continuar, elige cómo lo quieres firmar.
method-dynamics-more = Va cifrado; la clave la tiene { $custodian }, no { $organisation }; solo se abre en un peritaje. Puedes pedir que se borre.

ink-says = Al firmar dices:
ink-help = Haz tu firma dentro del recuadro, con el lápiz o con el dedo, tanto si eres diestro como zurdo.
ink-again = La firma que habías empezado no se ha guardado. Firma otra vez, o confírmalo de otra manera.
ink-missing = Todavía no has dibujado nada. Firma dentro del recuadro o elige otra manera.
ink-slow = Esta tableta toma pocos puntos por segundo: el ritmo quedará recogido con poco detalle. Puedes firmar así o de otra manera, que vale igual.

button-or = O deja el recuadro vacío y confírmalo con el botón «Lo firmo»: vale igual.
button-alone = Lo confirmas con el botón «Lo firmo».
button-checked = { $professional } ha comprobado quién eres.

method-official-more = { $officials }, en nombre propio y con tu consentimiento expreso.
on-behalf-heading = Firma por ti una persona funcionaria
on-behalf-text = Solo vale para este papel. Nadie firma por ti si no lo dices.
on-behalf-waits = Diste el consentimiento para que una persona funcionaria lo firme por ti. Hasta que lo haga, todavía puedes elegir otra cosa.
consented-heading = Muy bien: firma por ti una persona funcionaria
consented-text = Queda anotado que das el consentimiento. Ahora firma { $officials }, con su sesión. Ya puedes devolver la tableta.

done-tablet-text = Has firmado el papel. Queda guardado aquí, cifrado, y se sellará cuando la tableta tenga conexión.
before-signed = Has firmado «{ $title }». Queda guardado en esta tableta.
before-refused = No has firmado «{ $title }». Lo hemos anotado.
before-deferred = Te quieres pensar «{ $title }». No se ha firmado nada.
copy-sheet = Con esta hoja puedes ver y cambiar lo que has decidido. Escribe el código en esta dirección, o escanea el cuadrado con el móvil.
done-kept = Qué has firmado
done-withdraw = Si has dado permiso para algo, puedes retirarlo cuando quieras, tan fácilmente como ahora.
done-end = Ya puedes devolver la tableta. Gracias.
copy-heading = Antes de devolver la tableta: ¿cómo quieres el resguardo?
copy-text = Es una hoja con lo que has decidido y cómo puedes cambiarlo. Todas las opciones son buenas.
copy-printed-heading = Tu resguardo
copy-printed-text = Sale por la impresora. Si no sale, pulsa «Imprimir». Llévate la hoja.
copy-phone-heading = Escanea este código con tu móvil
copy-phone-text = Abre la cámara del móvil y enfoca el cuadrado. En el móvil podrás guardar el resguardo y cambiar lo que has decidido.
end-printed = Te llevas el resguardo en papel.
end-phone = Tienes el resguardo en el móvil.
end-post = Te enviaremos el resguardo por correo postal.
end-none = No te llevas ningún resguardo. Puedes pedirlo cuando quieras.
answered-refused = De acuerdo: no lo has firmado
answered-refused-text = No se ha firmado nada. No tienes que dar ninguna explicación.
answered-deferred = De acuerdo: te lo piensas
answered-deferred-text = No se ha firmado nada. Cuando quieras, lo volvemos a mirar.
answered-stands = Contará cuando elijas el resguardo, devuelvas la tableta o salgas de aquí. Si se te ha ido el dedo, deshazlo.

problem-reference = Si pides ayuda, di este código:
problem-offline-text = Lo que has hecho sigue aquí. Cuando vuelva la conexión, pulsa el botón y seguiremos donde estábamos.
problem-link-text = Pide a la persona que te acompaña que vuelva a abrir la visita.
problem-expired-text = No se ha firmado nada. Pide a la persona que te acompaña que prepare una visita nueva.
problem-not-yet = Todavía no es tu turno
problem-not-yet-text = Antes tiene que firmar otra persona. Cuando lo haya hecho, pulsa el botón o vuelve a abrir el enlace.
problem-used-text = Este papel ya se firmó o se contestó antes. No hace falta que hagas nada más.
problem-frozen-text = Estas preguntas ya se contestaron de otra manera, y el papel ya no cambia. Si no estás de acuerdo, di que quieres pensarlo.
problem-stale-text = No se ha firmado nada. Tienes que leer la versión nueva antes de decidir.
problem-witness-text = No se ha firmado nada. Una de las dos personas tiene parte en el asunto: busca otro testigo.
problem-not-representing = Ahora no puedes firmar por esta persona
problem-not-representing-text = No se ha firmado nada. Puede haber cambiado quién la representa: habla con quien te acompaña.
problem-digest-text = El papel que ha llegado a la tableta no es igual que el que se había preparado. Por eso no te dejamos firmarlo. No se ha firmado nada. Si vuelve a pasar, avisa a la persona que te acompaña.
problem-custody-text = Esta tableta no ha podido guardar el ritmo y la presión como es debido. No se ha firmado nada: elige otra manera, que vale igual.
problem-unreadable-text = La tableta no puede enseñar este papel, y no te haremos firmar nada que no hayas visto. Avisa a la persona que te acompaña.
problem-busy-text = Lo que has hecho sigue aquí. Espera unos segundos y vuelve a intentarlo.
problem-storage-text = Quizá está llena o se han borrado datos. No se ha firmado nada que no hayas visto guardado. Pulsa el botón; si sigue igual, avisa a la persona que te acompaña.
problem-server-text = Lo que has hecho sigue aquí. Vuelve a intentarlo; si sigue igual, avisa a la persona que te acompaña.
problem-refused-text = No se ha firmado nada. Avisa a la persona que te acompaña y dile el código de abajo.
