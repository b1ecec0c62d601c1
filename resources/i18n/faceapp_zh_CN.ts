<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>About</name>
    <message>
        <source>&lt;b&gt;Faceapp {version}&lt;/b&gt;&lt;p&gt;Finds the people in your own photos, on this computer.&lt;/p&gt;&lt;p&gt;Detector: CenterFace (MIT). Embedder: MobileFaceNet with ArcFace (MIT).&lt;/p&gt;&lt;p&gt;Nothing leaves this computer, and photos are never changed.&lt;/p&gt;</source>
        <translation>&lt;b&gt;Faceapp {version}&lt;/b&gt;&lt;p&gt;在这台电脑上，找出你自己照片中的人物。&lt;/p&gt;&lt;p&gt;检测模型：CenterFace（MIT）。识别模型：使用 ArcFace 的 MobileFaceNet（MIT）。&lt;/p&gt;&lt;p&gt;一切都留在这台电脑上，照片绝不会被改动。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About Faceapp</source>
        <translation>关于 Faceapp</translation>
    </message>
</context>
<context>
    <name>Acting</name>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>Search with a picture</source>
        <translation>用图片搜索</translation>
    </message>
</context>
<context>
    <name>AlbumDialog</name>
    <message>
        <source>Another album has this name.</source>
        <translation>已有同名的相册。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change nothing (Esc)</source>
        <translation>不作更改 (Esc)</translation>
    </message>
    <message>
        <source>Change “{name}”</source>
        <translation>更改“{name}”</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep as a new album</source>
        <translation>保存为新相册</translation>
    </message>
    <message>
        <source>Keep this search as an album</source>
        <translation>将此搜索保存为相册</translation>
    </message>
    <message>
        <source>Name of the album</source>
        <translation>相册名称</translation>
    </message>
    <message>
        <source>Photos that fit and arrive later join it by themselves.</source>
        <translation>以后加入的照片，只要符合条件就会自动收入。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename the album</source>
        <translation>重命名相册</translation>
    </message>
    <message>
        <source>The other album stays as it is</source>
        <translation>另一个相册保持不变</translation>
    </message>
    <message>
        <source>{action} (Enter)</source>
        <translation>{action} (Enter)</translation>
    </message>
</context>
<context>
    <name>Albums</name>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>移除(&amp;R)</translation>
    </message>
    <message>
        <source>Re&amp;name…</source>
        <translation>重命名(&amp;N)…</translation>
    </message>
    <message>
        <source>Re&amp;place with the Present Search</source>
        <translation>用当前搜索替换(&amp;P)</translation>
    </message>
    <message>
        <source>The album “{name}” was removed. Photos and names stay.</source>
        <translation>相册“{name}”已移除。照片和姓名保持不变。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Light or dark.</source>
        <translation>浅色或深色。</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <source>Of photos and faces on the pages; Ctrl and the wheel do the same there.</source>
        <translation>各页面上照片和人脸的大小；在页面上按住 Ctrl 滚动滚轮也可以调整。</translation>
    </message>
    <message>
        <source>Size of tiles</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>With less, pictures and pages change at once instead of fading and sliding.</source>
        <translation>减弱后，图片和页面会直接切换，不再淡入或滑动。</translation>
    </message>
    <message>
        <source>animation reduced</source>
        <translation>动画 减少 减弱</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>less</source>
        <translation>减弱</translation>
    </message>
    <message>
        <source>light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>theme scheme night</source>
        <translation>主题 配色 夜间</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>Are {names} and {into} one person?</source>
        <translation>{names}和{into}是同一个人吗？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>{faces} of {names} go to {into}. You can undo it.</source>
        <translation>{names}的 {faces}将归入{into}。此操作可以撤销。</translation>
    </message>
</context>
<context>
    <name>AskingToRegroup</name>
    <message>
        <source>Group all faces anew?</source>
        <translation>要将所有人脸重新分组吗？</translation>
    </message>
    <message>
        <source>Group anew</source>
        <translation>重新分组</translation>
    </message>
    <message>
        <source>Grouped: {groups}</source>
        <translation>已分组：{groups}</translation>
    </message>
    <message>
        <source>Grouping anew would change nothing.</source>
        <translation>重新分组不会带来任何变化。</translation>
    </message>
    <message>
        <source>Grouping…</source>
        <translation>正在分组…</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>Looking at what grouping anew would change…</source>
        <translation>正在查看重新分组会带来哪些变化…</translation>
    </message>
    <message>
        <source>Names and everything else that you decided stay as they are.</source>
        <translation>姓名和你作出的其他决定都保持不变。</translation>
    </message>
    <message>
        <source>{faces} would be in another group or have another suggestion.</source>
        <translation>{faces}会换到别的分组，或得到别的建议。</translation>
    </message>
    <message>
        <source>{groups} afterwards: {new} new, {joined} joined with another, {parted} parted.</source>
        <translation>之后共有 {groups}：新增 {new} 个，{joined} 个与其他组合并，{parted} 个被拆开。</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>A backup holds every name and decision, and all that was found in photos. The photos themselves are not in it.</source>
        <translation>备份包含所有姓名和决定，以及在照片中找到的一切，但不包含照片本身。</translation>
    </message>
    <message>
        <source>Back Up Now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Back up this library</source>
        <translation>备份此图库</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Backups of this library</source>
        <translation>此图库的备份</translation>
    </message>
    <message>
        <source>Being looked for…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Choose a File…</source>
        <translation>选取文件…</translation>
    </message>
    <message>
        <source>In the library's own folder.</source>
        <translation>在图库自己的文件夹中。</translation>
    </message>
    <message>
        <source>Keep a copy elsewhere</source>
        <translation>在别处保留一份副本</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>On another drive it survives this one.</source>
        <translation>放在另一块磁盘上，这块磁盘损坏时也不会丢失。</translation>
    </message>
    <message>
        <source>Open Folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Put back a copy from elsewhere</source>
        <translation>从别处的副本恢复</translation>
    </message>
    <message>
        <source>Restore the backup of {date}</source>
        <translation>恢复 {date} 的备份</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Save a Copy…</source>
        <translation>存储副本…</translation>
    </message>
    <message>
        <source>The first one is made with the button above.</source>
        <translation>点按上方的按钮即可创建第一个备份。</translation>
    </message>
    <message>
        <source>Where they lie</source>
        <translation>存放位置</translation>
    </message>
    <message>
        <source>copy save</source>
        <translation>副本 拷贝 保存</translation>
    </message>
    <message>
        <source>restore</source>
        <translation>恢复 还原</translation>
    </message>
</context>
<context>
    <name>BornDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Forget the date</source>
        <translation>移除此日期</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>When was {name} born?</source>
        <translation>{name}是什么时候出生的？</translation>
    </message>
</context>
<context>
    <name>Closing</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>不再询问</translation>
    </message>
    <message>
        <source>Faceapp is reading photos</source>
        <translation>Faceapp 正在读取照片</translation>
    </message>
    <message>
        <source>Go On in the Background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>Photos are being read</source>
        <translation>正在读取照片</translation>
    </message>
    <message>
        <source>Photos are still being read.</source>
        <translation>照片仍在读取中。</translation>
    </message>
    <message>
        <source>Stop Reading and Quit</source>
        <translation>停止读取并退出</translation>
    </message>
    <message>
        <source>What has been read is kept. The rest is read in the background, or when you open Faceapp again.</source>
        <translation>已读取的内容会保留。其余照片将在后台读取，或在下次打开 Faceapp 时读取。</translation>
    </message>
    <message>
        <source>What has been read is kept. The rest is read when you open Faceapp again.</source>
        <translation>已读取的内容会保留。其余照片将在下次打开 Faceapp 时读取。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;About Faceapp</source>
        <translation>关于 Faceapp(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Add Folder…</source>
        <translation>添加文件夹(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Clear the Filter</source>
        <translation>清除筛选(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Close the Search</source>
        <translation>关闭搜索(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>拷贝(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Evaluate Recognition…</source>
        <translation>评估识别效果(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Faces</source>
        <translation>人脸(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Group All Faces Anew…</source>
        <translation>将所有人脸重新分组(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Hidden</source>
        <translation>已隐藏(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;History…</source>
        <translation>历史记录(&amp;H)…</translation>
    </message>
    <message>
        <source>&amp;Ignore</source>
        <translation>忽略(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Information Panel</source>
        <translation>信息面板(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Keep This Search as an Album…</source>
        <translation>将此搜索保存为相册(&amp;K)…</translation>
    </message>
    <message>
        <source>&amp;Larger Tiles</source>
        <translation>放大缩略图(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Look for Odd Ones</source>
        <translation>查找异样的人脸(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Move to…</source>
        <translation>移动到(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Name These…</source>
        <translation>命名这些人脸(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open in the Viewer</source>
        <translation>在查看器中打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste as Query</source>
        <translation>粘贴并搜索(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Pause Reading</source>
        <translation>暂停读取(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>人物(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Photos</source>
        <translation>照片(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>核对(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>搜索(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Smaller Tiles</source>
        <translation>缩小缩略图(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Stop Reading</source>
        <translation>停止读取(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Take the Name Off</source>
        <translation>取消姓名(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Try Again</source>
        <translation>重试(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Try All Problems Again</source>
        <translation>重试所有问题照片(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Usual Size of Tiles</source>
        <translation>默认缩略图大小(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>显示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Wider</source>
        <translation>更宽松(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Yes, It Is</source>
        <translation>是的，就是此人(&amp;Y)</translation>
    </message>
    <message>
        <source>A&amp;dd This Face to the Search</source>
        <translation>将此人脸加入搜索(&amp;D)</translation>
    </message>
    <message>
        <source>Add a photo folder and read it</source>
        <translation>添加照片文件夹并读取</translation>
    </message>
    <message>
        <source>Answer what only you know, with one key each</source>
        <translation>回答只有你才知道的问题，每题只需按一个键</translation>
    </message>
    <message>
        <source>Bring hidden faces back</source>
        <translation>恢复已隐藏的人脸</translation>
    </message>
    <message>
        <source>C&amp;hange the Album to This Search</source>
        <translation>用此搜索更新相册(&amp;H)</translation>
    </message>
    <message>
        <source>Colours of the S&amp;ystem</source>
        <translation>跟随系统颜色(&amp;Y)</translation>
    </message>
    <message>
        <source>Command Pa&amp;lette…</source>
        <translation>命令面板(&amp;L)…</translation>
    </message>
    <message>
        <source>Confirm the names that the selected faces seem to have</source>
        <translation>确认为所选人脸推测的姓名</translation>
    </message>
    <message>
        <source>Copy Pat&amp;h</source>
        <translation>拷贝路径(&amp;H)</translation>
    </message>
    <message>
        <source>Copy the files of the selected photos, and a single one as picture</source>
        <translation>拷贝所选照片的文件；只选一张时同时拷贝图片</translation>
    </message>
    <message>
        <source>Copy the photos of a person into a folder; nothing there is overwritten</source>
        <translation>将某个人物的照片拷贝到文件夹；不会覆盖已有的文件</translation>
    </message>
    <message>
        <source>Copy where the selected photos are</source>
        <translation>拷贝所选照片的位置</translation>
    </message>
    <message>
        <source>Date of &amp;Birth…</source>
        <translation>出生日期(&amp;B)…</translation>
    </message>
    <message>
        <source>Do or open anything by a few letters: actions, people, folders, albums</source>
        <translation>输入几个字即可执行或打开任何内容：操作、人物、文件夹、相册</translation>
    </message>
    <message>
        <source>E&amp;xport Photos…</source>
        <translation>导出照片(&amp;X)…</translation>
    </message>
    <message>
        <source>Faces that seem to be one person without a name</source>
        <translation>看起来是同一个人但还没有姓名的人脸</translation>
    </message>
    <message>
        <source>Fil&amp;ter…</source>
        <translation>筛选(&amp;T)…</translation>
    </message>
    <message>
        <source>Find This &amp;Face</source>
        <translation>查找此人脸(&amp;F)</translation>
    </message>
    <message>
        <source>Find the people of a picture that need not be in the library</source>
        <translation>查找图片中的人物，图片无需在图库中</translation>
    </message>
    <message>
        <source>Folders, thresholds, privacy, backups and more</source>
        <translation>文件夹、阈值、隐私、备份等</translation>
    </message>
    <message>
        <source>Give the selected faces to another person</source>
        <translation>将所选人脸归入另一个人物</translation>
    </message>
    <message>
        <source>Give the selected person another name</source>
        <translation>为所选人物改名</translation>
    </message>
    <message>
        <source>Hide Everybody &amp;Without a Name</source>
        <translation>隐藏所有未命名的人(&amp;W)</translation>
    </message>
    <message>
        <source>Hide all faces without a name in the selected photos</source>
        <translation>隐藏所选照片中所有未命名的人脸</translation>
    </message>
    <message>
        <source>Hide as &amp;Stranger</source>
        <translation>作为陌生人隐藏(&amp;S)</translation>
    </message>
    <message>
        <source>Hide as Not a &amp;Face</source>
        <translation>作为非人脸隐藏(&amp;F)</translation>
    </message>
    <message>
        <source>Hide as St&amp;atue or Picture</source>
        <translation>作为雕像或画像隐藏(&amp;A)</translation>
    </message>
    <message>
        <source>Keep faces, line and filter under a name; what fits later joins by itself</source>
        <translation>以一个名称保存人脸、阈值线和筛选；以后符合条件的照片会自动加入</translation>
    </message>
    <message>
        <source>L&amp;ight</source>
        <translation>浅色(&amp;I)</translation>
    </message>
    <message>
        <source>Leave one processor free for other programs</source>
        <translation>为其他程序留出一个处理器</translation>
    </message>
    <message>
        <source>Leave the selected faces out of views and questions</source>
        <translation>不再显示所选人脸，也不再询问</translation>
    </message>
    <message>
        <source>Look for &amp;New Photos</source>
        <translation>查找新照片(&amp;N)</translation>
    </message>
    <message>
        <source>Make &amp;Cover</source>
        <translation>设为封面(&amp;C)</translation>
    </message>
    <message>
        <source>Measure the model in use on pictures of which you know who they show</source>
        <translation>用你知道是谁的图片测试当前模型</translation>
    </message>
    <message>
        <source>Merge &amp;Into…</source>
        <translation>合并到(&amp;I)…</translation>
    </message>
    <message>
        <source>Merge the selected people, groups or faces</source>
        <translation>合并所选的人物、分组或人脸</translation>
    </message>
    <message>
        <source>N&amp;ot This Person</source>
        <translation>不是此人(&amp;O)</translation>
    </message>
    <message>
        <source>Name the selected faces or group, or every match above the line</source>
        <translation>命名所选人脸或分组，或阈值线以上的所有匹配</translation>
    </message>
    <message>
        <source>Open the &amp;Log</source>
        <translation>打开日志(&amp;L)</translation>
    </message>
    <message>
        <source>P&amp;eople</source>
        <translation>人物(&amp;E)</translation>
    </message>
    <message>
        <source>P&amp;roblems</source>
        <translation>问题(&amp;R)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>偏好设置(&amp;F)…</translation>
    </message>
    <message>
        <source>Re&amp;name the Album…</source>
        <translation>重命名相册(&amp;N)…</translation>
    </message>
    <message>
        <source>Read &amp;Gently</source>
        <translation>低负荷读取(&amp;G)</translation>
    </message>
    <message>
        <source>Read every photo again that could not be read</source>
        <translation>重新读取所有无法读取的照片</translation>
    </message>
    <message>
        <source>Read the selected photos again</source>
        <translation>重新读取所选照片</translation>
    </message>
    <message>
        <source>Read what is new or changed in every folder</source>
        <translation>读取所有文件夹中新增或更改的照片</translation>
    </message>
    <message>
        <source>Reading &amp;Details</source>
        <translation>读取详情(&amp;D)</translation>
    </message>
    <message>
        <source>Recognition &amp;Models…</source>
        <translation>识别模型(&amp;M)…</translation>
    </message>
    <message>
        <source>Rem&amp;ove the Album</source>
        <translation>移除相册(&amp;O)</translation>
    </message>
    <message>
        <source>Remove the album that is open; photos and names stay</source>
        <translation>移除当前打开的相册；照片和姓名保持不变</translation>
    </message>
    <message>
        <source>S&amp;lideshow</source>
        <translation>幻灯片放映(&amp;L)</translation>
    </message>
    <message>
        <source>S&amp;plit Off</source>
        <translation>拆分出来(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;tricter</source>
        <translation>更严格(&amp;T)</translation>
    </message>
    <message>
        <source>Says first what it would change; no decision is touched</source>
        <translation>会先说明将有哪些变化；不影响任何决定</translation>
    </message>
    <message>
        <source>Search people, dates, folders and albums</source>
        <translation>搜索人物、日期、文件夹和相册</translation>
    </message>
    <message>
        <source>Search with a &amp;Picture…</source>
        <translation>用图片搜索(&amp;P)…</translation>
    </message>
    <message>
        <source>Search with the picture, the files or the folder on the clipboard</source>
        <translation>用剪贴板中的图片、文件或文件夹搜索</translation>
    </message>
    <message>
        <source>See everything that you decided, and go back to any point</source>
        <translation>查看你作出的所有决定，并可回到任意一步</translation>
    </message>
    <message>
        <source>See the folders, faces and files that are being read</source>
        <translation>查看正在读取的文件夹、人脸和文件</translation>
    </message>
    <message>
        <source>See the models, add one, try it out and change over to it</source>
        <translation>查看模型，添加、试用并切换模型</translation>
    </message>
    <message>
        <source>See why the selected face matched or has its name</source>
        <translation>查看所选人脸为何匹配或为何有此姓名</translation>
    </message>
    <message>
        <source>Select &amp;All</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Show A&amp;gain</source>
        <translation>恢复显示(&amp;G)</translation>
    </message>
    <message>
        <source>Show What Is Just &amp;Below the Line</source>
        <translation>显示略低于阈值线的匹配(&amp;B)</translation>
    </message>
    <message>
        <source>Show everything again</source>
        <translation>重新显示全部</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>在文件夹中显示(&amp;F)</translation>
    </message>
    <message>
        <source>Show only some photos or faces: people, dates, folders</source>
        <translation>只显示部分照片或人脸：按人物、日期、文件夹</translation>
    </message>
    <message>
        <source>Show the best faces that the line leaves out, greyed</source>
        <translation>以灰色显示阈值线以下最接近的人脸</translation>
    </message>
    <message>
        <source>Show the file in its folder</source>
        <translation>在所在文件夹中显示文件</translation>
    </message>
    <message>
        <source>Show the file that all errors are written to</source>
        <translation>显示记录所有错误的文件</translation>
    </message>
    <message>
        <source>Show the person by the selected face</source>
        <translation>用所选人脸代表此人</translation>
    </message>
    <message>
        <source>Show the photos of this page, or of the selected person, one after the other</source>
        <translation>逐张放映此页面或所选人物的照片</translation>
    </message>
    <message>
        <source>Sort the faces of a person or group, those least like the rest first</source>
        <translation>将某个人物或分组的人脸排序，最不像的排在最前</translation>
    </message>
    <message>
        <source>Strangers and other faces that you hid</source>
        <translation>陌生人和你隐藏的其他人脸</translation>
    </message>
    <message>
        <source>Stricter, to the Next &amp;Mark</source>
        <translation>更严格，到下一个刻度(&amp;M)</translation>
    </message>
    <message>
        <source>Take the selected photos off the list until their files change</source>
        <translation>将所选照片移出列表，直到文件有变化</translation>
    </message>
    <message>
        <source>The selected faces are not with the rest</source>
        <translation>所选人脸与其余的不是一个人</translation>
    </message>
    <message>
        <source>The selected faces are somebody else</source>
        <translation>所选人脸是别人</translation>
    </message>
    <message>
        <source>The selected faces have no name again</source>
        <translation>取消所选人脸的姓名</translation>
    </message>
    <message>
        <source>The selected person is one who has a name already</source>
        <translation>所选人物就是另一位已有姓名的人</translation>
    </message>
    <message>
        <source>The two selected faces are never one person</source>
        <translation>所选的两张人脸绝不是同一个人</translation>
    </message>
    <message>
        <source>These Are One P&amp;erson</source>
        <translation>这些是同一个人(&amp;E)</translation>
    </message>
    <message>
        <source>These Are T&amp;wo People</source>
        <translation>这是两个人(&amp;W)</translation>
    </message>
    <message>
        <source>Unnamed &amp;Groups</source>
        <translation>未命名分组(&amp;G)</translation>
    </message>
    <message>
        <source>W&amp;hy…</source>
        <translation>为什么(&amp;H)…</translation>
    </message>
    <message>
        <source>Wider, to the Next Ma&amp;rk</source>
        <translation>更宽松，到下一个刻度(&amp;R)</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>A face of this pair. Click to search for it.</source>
        <translation>这一对中的一张人脸。点按以搜索。</translation>
    </message>
    <message>
        <source>Back to the models</source>
        <translation>返回模型</translation>
    </message>
    <message>
        <source>In use: the same person. New: two people.</source>
        <translation>当前模型：同一个人。新模型：两个人。</translation>
    </message>
    <message>
        <source>In use: two people. New: the same person.</source>
        <translation>当前模型：两个人。新模型：同一个人。</translation>
    </message>
    <message>
        <source>Where two models disagree</source>
        <translation>两个模型意见不一之处</translation>
    </message>
    <message>
        <source>{old} (in use) and {new} disagree on these pairs:</source>
        <translation>{old}（使用中）和 {new} 对以下各对意见不一：</translation>
    </message>
    <message>
        <source>{old} and {new} agree on every pair that was looked at.</source>
        <translation>{old} 和 {new} 对查看过的每一对意见一致。</translation>
    </message>
    <message>
        <source>{old} with the model in use, {new} with the new one</source>
        <translation>当前模型 {old}，新模型 {new}</translation>
    </message>
</context>
<context>
    <name>Confirmation</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ContractForm</name>
    <message>
        <source>Add a model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>Add {file}</source>
        <translation>添加 {file}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Check and add</source>
        <translation>检查并添加</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Faces of {size} pixels in, {n} numbers out. Found by trying it on the bundled portraits:</source>
        <translation>输入 {size} 像素的人脸，输出 {n} 个数。用自带肖像试运行得出：</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>Mirrored face</source>
        <translation>镜像人脸</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Position of the face</source>
        <translation>人脸的位置</translation>
    </message>
    <message>
        <source>Subtracted from pixels</source>
        <translation>像素减去</translation>
    </message>
    <message>
        <source>Then divided by</source>
        <translation>再除以</translation>
    </message>
    <message>
        <source>What is subtracted and divided by are numbers: one, or one for each colour.</source>
        <translation>减数和除数都是数字：填一个，或每种颜色各填一个。</translation>
    </message>
    <message>
        <source>Where it is from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>as ArcFace has it</source>
        <translation>按 ArcFace 的方式</translation>
    </message>
    <message>
        <source>as ArcFace has it, for 128 pixels</source>
        <translation>按 ArcFace 的方式，128 像素</translation>
    </message>
    <message>
        <source>as SphereFace has it</source>
        <translation>按 SphereFace 的方式</translation>
    </message>
    <message>
        <source>averaged with the face</source>
        <translation>与原人脸取平均</translation>
    </message>
    <message>
        <source>blue, green, red (BGR)</source>
        <translation>蓝、绿、红 (BGR)</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>put behind the face: twice the numbers</source>
        <translation>接在原人脸之后：数量加倍</translation>
    </message>
    <message>
        <source>red, green, blue (RGB)</source>
        <translation>红、绿、蓝 (RGB)</translation>
    </message>
    <message>
        <source>such as Apache-2.0, or “research only”</source>
        <translation>例如 Apache-2.0 或“仅供研究”</translation>
    </message>
    <message>
        <source>the project or page it was published by</source>
        <translation>发布它的项目或网页</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Close this and go on working (Esc)</source>
        <translation>关闭并继续使用 (Esc)</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已拷贝</translation>
    </message>
    <message>
        <source>Copy Details</source>
        <translation>拷贝详细信息</translation>
    </message>
    <message>
        <source>Copy the details to the clipboard; they name no person, but may name files</source>
        <translation>将详细信息拷贝到剪贴板；其中不含人名，但可能含文件名</translation>
    </message>
    <message>
        <source>Details of the error</source>
        <translation>错误的详细信息</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Open the Log</source>
        <translation>打开日志</translation>
    </message>
    <message>
        <source>Show the file that all errors are written to</source>
        <translation>显示记录所有错误的文件</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>出错了</translation>
    </message>
    <message>
        <source>Something went wrong inside Faceapp</source>
        <translation>Faceapp 内部出错了</translation>
    </message>
    <message>
        <source>Your photos and names are safe. You can go on; if something looks odd, close Faceapp and open it again. The details below help to mend it.</source>
        <translation>你的照片和姓名都安然无恙。你可以继续使用；如果有异样，请关闭 Faceapp 再重新打开。下面的详细信息有助于修复问题。</translation>
    </message>
    <message numerus="yes">
        <source>{n} more error came since; it is in the log.</source>
        <translation><numerusform>此后又出现 {n} 个错误，已记入日志。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} more errors came since; they are in the log.</source>
        <translation><numerusform>此后又出现 {n} 个错误，已记入日志。</numerusform></translation>
    </message>
</context>
<context>
    <name>DateField</name>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>{name}: a day like {day}, a month or a year; empty for any</source>
        <translation>{name}：日期（如 {day}）、月份或年份；留空表示不限</translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message>
        <source>Leave as it is</source>
        <translation>保持不变</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>没有可重做的操作。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可撤销的操作。</translation>
    </message>
    <message>
        <source>You said something else before</source>
        <translation>这与你之前的决定不同</translation>
    </message>
    <message>
        <source>{faces}: {name}</source>
        <translation>{faces}：{name}</translation>
    </message>
</context>
<context>
    <name>EraseConfirmation</name>
    <message>
        <source>Delete the backups as well</source>
        <translation>同时删除备份</translation>
    </message>
    <message>
        <source>Forget Everything</source>
        <translation>全部清除</translation>
    </message>
    <message>
        <source>Forget all faces and names?</source>
        <translation>要清除所有人脸和姓名吗？</translation>
    </message>
    <message>
        <source>Take the folders out of the library as well</source>
        <translation>同时将文件夹移出图库</translation>
    </message>
    <message>
        <source>Type “{word}” to go on</source>
        <translation>输入“{word}”以继续</translation>
    </message>
    <message>
        <source>forget</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A child process {how}.</source>
        <translation>子进程{how}。</translation>
    </message>
    <message>
        <source>A face is on both sides, itself or in a copy of its photo. Choose it on one side only.</source>
        <translation>有一张人脸（或其照片副本中的同一张）同时出现在两边。请只在一边选择它。</translation>
    </message>
    <message>
        <source>A name has 1 to 200 characters. Type another name.</source>
        <translation>姓名需为 1 到 200 个字符。请输入其他姓名。</translation>
    </message>
    <message>
        <source>A name needs at least one letter. Type the name of {whose}.</source>
        <translation>名称至少要有一个文字。请输入{whose}的名称。</translation>
    </message>
    <message>
        <source>A photo or folder takes too long to read; the scan ends without it.</source>
        <translation>有照片或文件夹读取时间过长；扫描将跳过它并结束。</translation>
    </message>
    <message>
        <source>A saved thumbnail is damaged. Delete the thumbnails; they are made again.</source>
        <translation>保存的缩略图已损坏。请删除缩略图，它们会重新生成。</translation>
    </message>
    <message>
        <source>A thumbnail could not be made. Please report this picture.</source>
        <translation>无法生成缩略图。请报告此图片。</translation>
    </message>
    <message>
        <source>Add the model again, or delete its entry.</source>
        <translation>请重新添加该模型，或删除其条目。</translation>
    </message>
    <message>
        <source>An embedding is not finite or zero.</source>
        <translation>有特征向量不是有限数或为零。</translation>
    </message>
    <message>
        <source>Another Faceapp is using the library {folder}. Close it, or choose another library with --library.</source>
        <translation>另一个 Faceapp 正在使用图库 {folder}。请将其关闭，或用 --library 选择其他图库。</translation>
    </message>
    <message>
        <source>Correct it and add the model again.</source>
        <translation>请更正后重新添加该模型。</translation>
    </message>
    <message>
        <source>Faceapp could not work with {shown} ({error}: {error2}).</source>
        <translation>Faceapp 无法处理{shown}（{error}：{error2}）。</translation>
    </message>
    <message>
        <source>Faceapp is closing.</source>
        <translation>Faceapp 正在关闭。</translation>
    </message>
    <message>
        <source>Faceapp may not write into {folder}. Change its permissions and add the model again.</source>
        <translation>Faceapp 没有权限写入 {folder}。请更改其权限后重新添加该模型。</translation>
    </message>
    <message>
        <source>Give one pairs file, or one or more folders that hold a folder for each person.</source>
        <translation>请提供一个配对文件，或一个或多个为每个人各设子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>In brackets: where the true share lies with 95 % confidence (Wilson), if pairs are independent.</source>
        <translation>括号内：在各对相互独立的前提下，以 95% 置信度（Wilson）估计的真实比例范围。</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>It cannot be read ({strerror}). Check its drive and try again.</source>
        <translation>无法读取（{strerror}）。请检查所在磁盘后重试。</translation>
    </message>
    <message>
        <source>It is not known where eyes, nose and mouth of this face lie in {name}.</source>
        <translation>不知道此人脸的眼、鼻、口在 {name} 中的位置。</translation>
    </message>
    <message>
        <source>It lies on another drive, and a hard link stays on its own. Copy it, or use a symbolic link.</source>
        <translation>它位于另一块磁盘，而硬链接不能跨磁盘。请拷贝，或使用符号链接。</translation>
    </message>
    <message>
        <source>It takes two faces to be the same person. Choose at least two different ones.</source>
        <translation>要标为同一个人，至少需要两张人脸。请选择至少两张不同的人脸。</translation>
    </message>
    <message>
        <source>It takes two people to make one. Choose another person to merge with.</source>
        <translation>合并需要两个人物。请再选择一个要合并的人物。</translation>
    </message>
    <message>
        <source>No face is chosen. Choose the faces first.</source>
        <translation>没有选择人脸。请先选择人脸。</translation>
    </message>
    <message>
        <source>No face was found in {name}.</source>
        <translation>在{name}中没有找到人脸。</translation>
    </message>
    <message>
        <source>No model is loaded that says how to turn a face upright.</source>
        <translation>没有载入说明如何摆正人脸的模型。</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有此文件或文件夹</translation>
    </message>
    <message>
        <source>None of the {pictures} pictures that {file} lists is there, for example {pictures2}. Give the folder that their paths start from: --root DIR.</source>
        <translation>列出的 {pictures} 张图片（来自 {file}）都不存在，例如 {pictures2}。请用 --root DIR 指定路径的起始文件夹。</translation>
    </message>
    <message>
        <source>Nothing more can be written to {out} ({strerror}); {written} photos were. Make room there and export again: it goes on from here.</source>
        <translation>无法再写入 {out}（{strerror}）；已写入 {written} 张照片。请腾出空间后再次导出，会从这里继续。</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>没有权限</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>文件系统为只读</translation>
    </message>
    <message>
        <source>Reinstall Faceapp or run scripts/make_models.py.</source>
        <translation>请重新安装 Faceapp 或运行 scripts/make_models.py。</translation>
    </message>
    <message>
        <source>Somebody else is called {taken} already. Merge {before} with {taken2} instead.</source>
        <translation>已有其他人叫{taken}。请改为将{before}与{taken2}合并。</translation>
    </message>
    <message>
        <source>TAR: share of the pairs of one person that are recognised. FAR: share of the pairs of two people that are taken for one.</source>
        <translation>TAR：同一个人的配对被正确识别的比例。FAR：两个人的配对被当作同一个人的比例。</translation>
    </message>
    <message>
        <source>The backup {source} is damaged ({found}). Choose another one; nothing was changed.</source>
        <translation>备份 {source} 已损坏（{found}）。请选择其他备份；未作任何更改。</translation>
    </message>
    <message>
        <source>The database is damaged: {line}. Put back a backup of the library.</source>
        <translation>数据库已损坏：{line}。请恢复图库的备份。</translation>
    </message>
    <message>
        <source>The disk failed under the library database {path} ({error}). Check the disk and its free space, {elsewhere}.</source>
        <translation>图库数据库 {path} 所在的磁盘出错（{error}）。请检查磁盘及其可用空间，{elsewhere}。</translation>
    </message>
    <message>
        <source>The disk that holds the library {folder} cannot lock files, so two copies of Faceapp could spoil it. Choose a library on a local disk with --library.</source>
        <translation>图库 {folder} 所在的磁盘无法锁定文件，两个 Faceapp 同时运行可能会损坏图库。请用 --library 选择本地磁盘上的图库。</translation>
    </message>
    <message>
        <source>The disk that holds the library {folder} is full. Free some space, or {other}.</source>
        <translation>图库 {folder} 所在的磁盘已满。请腾出空间，或{other}。</translation>
    </message>
    <message>
        <source>The disk that holds the library {parent} is full. Free some space, {elsewhere}.</source>
        <translation>图库 {parent} 所在的磁盘已满。请腾出空间，{elsewhere}。</translation>
    </message>
    <message>
        <source>The drive does not allow such links. Copy it instead.</source>
        <translation>该磁盘不支持此类链接。请改为拷贝。</translation>
    </message>
    <message>
        <source>The file is not there now. Connect its drive, or scan its folder again.</source>
        <translation>文件目前不存在。请连接所在磁盘，或重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>The file {path} is a database of another program, not a Faceapp library. Move it away, or choose another library with --library.</source>
        <translation>文件 {path} 是其他程序的数据库，不是 Faceapp 图库。请将其移走，或用 --library 选择其他图库。</translation>
    </message>
    <message>
        <source>The file {source} is empty and no backup. Nothing was changed.</source>
        <translation>文件 {source} 是空的，不是备份。未作任何更改。</translation>
    </message>
    <message>
        <source>The folder {folder} for the report cannot be made ({strerror}). Choose another one.</source>
        <translation>无法创建报告文件夹 {folder}（{strerror}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>The folder {printable} cannot be found ({error}). Check its path and its drive.</source>
        <translation>找不到文件夹 {printable}（{error}）。请检查其路径和所在磁盘。</translation>
    </message>
    <message>
        <source>The folder {shown} cannot be found. If it lies on another drive, connect the drive and scan again.</source>
        <translation>找不到文件夹 {shown}。如果它在另一块磁盘上，请连接磁盘后重新扫描。</translation>
    </message>
    <message>
        <source>The folder {shown} cannot be read ({strerror}). Check its drive, then scan again.</source>
        <translation>无法读取文件夹 {shown}（{strerror}）。请检查所在磁盘，然后重新扫描。</translation>
    </message>
    <message>
        <source>The folder {shown} is empty, but the library knows {many} in it. If it lies on another drive, connect the drive and scan again. Nothing was changed.</source>
        <translation>文件夹 {shown} 是空的，但图库中记录它有 {many}。如果它在另一块磁盘上，请连接磁盘后重新扫描。未作任何更改。</translation>
    </message>
    <message>
        <source>The library database {path} cannot be opened or written ({error}). Check that its disk is connected and that the folder belongs to you, {elsewhere}.</source>
        <translation>无法打开或写入图库数据库 {path}（{error}）。请确认磁盘已连接且文件夹属于你，{elsewhere}。</translation>
    </message>
    <message>
        <source>The library database {path} is busy: another program holds it. Close it and try again.</source>
        <translation>图库数据库 {path} 正被其他程序占用。请关闭该程序后重试。</translation>
    </message>
    <message>
        <source>The library database {path} is damaged ({error}). Put a backup of the library in its place, or move the file away and scan again: your photos are untouched, but names would have to be given again.</source>
        <translation>图库数据库 {path} 已损坏（{error}）。请用图库备份替换它，或移走该文件后重新扫描：你的照片没有改动，但需要重新命名。</translation>
    </message>
    <message>
        <source>The library database {path} is damaged: it has lost its id. Put back a backup of the library.</source>
        <translation>图库数据库 {path} 已损坏：标识丢失。请恢复图库的备份。</translation>
    </message>
    <message>
        <source>The library was closed before its faces were loaded.</source>
        <translation>图库在人脸载入之前已关闭。</translation>
    </message>
    <message>
        <source>The library {folder} cannot be used ({why}). Check its disk, or {other}.</source>
        <translation>无法使用图库 {folder}（{why}）。请检查所在磁盘，或{other}。</translation>
    </message>
    <message>
        <source>The library {folder} cannot be used: you may not write to it. Change the permissions of the folder, or {other}.</source>
        <translation>无法使用图库 {folder}：你没有写入权限。请更改文件夹权限，或{other}。</translation>
    </message>
    <message>
        <source>The library {folder} was written by an older Faceapp. Open it once in the window, then erase it.</source>
        <translation>图库 {folder} 由旧版 Faceapp 写入。请先在窗口中打开一次，再清除。</translation>
    </message>
    <message>
        <source>The library {parent} is closed.</source>
        <translation>图库 {parent} 已关闭。</translation>
    </message>
    <message>
        <source>The library {parent} is open for reading only.</source>
        <translation>图库 {parent} 以只读方式打开。</translation>
    </message>
    <message>
        <source>The library {parent} was written by a newer Faceapp (its database has version {version}, this Faceapp knows up to {latest}). Install the newest Faceapp, or choose another library with --library.</source>
        <translation>图库 {parent} 由新版 Faceapp 写入（其数据库为版本 {version}，此 Faceapp 最高支持 {latest}）。请安装最新版 Faceapp，或用 --library 选择其他图库。</translation>
    </message>
    <message>
        <source>The library {parent} was written by an older Faceapp and must be brought up to date first. Open it once in the window, or run `faceapp scan FOLDER`.</source>
        <translation>图库 {parent} 由旧版 Faceapp 写入，需要先更新。请在窗口中打开一次，或运行 `faceapp scan FOLDER`。</translation>
    </message>
    <message>
        <source>The model could not be tried out: the process that did it {how}. Close other programs and try again, or choose another model.</source>
        <translation>无法试用该模型：执行试用的进程{how}。请关闭其他程序后重试，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model {model_id} is not in the list of models any more. Add it again, or drop its vectors.</source>
        <translation>模型 {model_id} 已不在模型列表中。请重新添加，或删除其向量。</translation>
    </message>
    <message>
        <source>The model {model} cannot be used yet: {missing} {faces} no vector of it. Run `faceapp models embed {model2}`. If some stay, their photos cannot be read now or have changed: connect their drives, scan their folders again, and repeat it.</source>
        <translation>模型 {model} 还不能使用：{missing} {faces}没有它的向量。请运行 `faceapp models embed {model2}`。如果仍有剩余，说明其照片目前无法读取或已更改：请连接磁盘、重新扫描文件夹，然后再试。</translation>
    </message>
    <message>
        <source>The model {path} does not tell people apart with this contract: of the portraits that Faceapp brings along, two of one person score {same} and two of different people {other}. Check channels, mean, scale and alignment, or choose another model.</source>
        <translation>按此约定，模型 {path} 无法区分人物：在 Faceapp 自带的肖像中，同一个人的两张得分 {same}，不同人的两张得分 {other}。请检查通道、均值、缩放和对齐方式，或选择其他模型。</translation>
    </message>
    <message>
        <source>The model {path} gave a vector that is zero or not finite. Choose another model.</source>
        <translation>模型 {path} 给出的向量为零或不是有限数。请选择其他模型。</translation>
    </message>
    <message>
        <source>The model {path} gives a face another vector each time, or another in company: vectors of it cannot be compared. If it takes one face at a time, set “batch” to 1.</source>
        <translation>模型 {path} 对同一张人脸每次给出不同的向量，或与其他人脸一起处理时结果不同：其向量无法比较。如果它一次只能处理一张人脸，请将“batch”设为 1。</translation>
    </message>
    <message>
        <source>The model {path} gives every face the same vector: it recognises nobody. Choose another.</source>
        <translation>模型 {path} 对每张人脸给出相同的向量：无法识别任何人。请选择其他模型。</translation>
    </message>
    <message>
        <source>The model {path} gives vectors of shape {shape}, its entry in the list of models says {output}. Correct the entry or choose another model.</source>
        <translation>模型 {path} 给出的向量形状为 {shape}，而模型列表中的条目为 {output}。请更正条目或选择其他模型。</translation>
    </message>
    <message>
        <source>The name is too long: {cleaned} characters, at most {max_name_length}. Shorten it.</source>
        <translation>姓名太长：{cleaned} 个字符，最多 {max_name_length} 个。请缩短。</translation>
    </message>
    <message>
        <source>The pairs file {file} cannot be read ({strerror}). Check its permissions and its drive.</source>
        <translation>无法读取配对文件 {file}（{strerror}）。请检查其权限和所在磁盘。</translation>
    </message>
    <message>
        <source>The part of Faceapp that opens pictures does not start (its process {how}). Close other programs and start Faceapp again; if that does not help, install it anew.</source>
        <translation>Faceapp 中负责打开图片的部分无法启动（其进程{how}）。请关闭其他程序并重新启动 Faceapp；如果仍无效，请重新安装。</translation>
    </message>
    <message>
        <source>The path of {shown} is longer than {max_path_bytes} bytes. Move it to a shorter folder.</source>
        <translation>{shown} 的路径超过 {max_path_bytes} 字节。请将它移到路径较短的文件夹。</translation>
    </message>
    <message>
        <source>The photo has changed since it was read. Look for new photos, then draw the face again.</source>
        <translation>照片读取之后已更改。请先查找新照片，再重新框选人脸。</translation>
    </message>
    <message>
        <source>The photo of this face is no longer in the library. Scan its folder again.</source>
        <translation>此人脸的照片已不在图库中。请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>The portraits in {folder} cannot be read ({error}). Reinstall Faceapp.</source>
        <translation>无法读取 {folder} 中的肖像（{error}）。请重新安装 Faceapp。</translation>
    </message>
    <message>
        <source>The report cannot be written into {folder} ({strerror}). Make room there or choose another folder.</source>
        <translation>无法将报告写入 {folder}（{strerror}）。请腾出空间或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The setting “ignore” in {path} must be a list of texts, not {value}.</source>
        <translation>设置项“ignore”（位于 {path}）必须是文本列表，而不是 {value}。</translation>
    </message>
    <message>
        <source>The setting “language” in {path} must be {named}, not {value}.</source>
        <translation>设置项“language”（位于 {path}）必须是 {named}，而不是 {value}。</translation>
    </message>
    <message>
        <source>The setting “{key}” in {path} must be {kind} from {low} to {high}, not {value}.</source>
        <translation>设置项“{key}”（位于 {path}）必须是{kind}，范围 {low} 到 {high}，而不是 {value}。</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be read ({error}). Mend it or delete it.</source>
        <translation>无法读取设置文件 {path}（{error}）。请修复或删除它。</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be written ({error}). Check its folder and the free space; the settings are as they were.</source>
        <translation>无法写入设置文件 {path}（{error}）。请检查其文件夹和可用空间；设置保持原样。</translation>
    </message>
    <message>
        <source>The settings file {path} has an unknown setting “{key}”. Known: {join}.</source>
        <translation>设置文件 {path} 含有未知的设置项“{key}”。可用的有：{join}。</translation>
    </message>
    <message>
        <source>The settings file {path} is not valid TOML: {error}. Mend it or delete it.</source>
        <translation>设置文件 {path} 不是有效的 TOML：{error}。请修复或删除它。</translation>
    </message>
    <message>
        <source>The system ended the picture decoder while it opened {shown}, most likely for lack of memory. Close other programs and try again.</source>
        <translation>打开{shown}时，系统终止了图片解码器，很可能是内存不足。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The vectors of {model} are in use, so they stay. Choose another model first: `faceapp models` lists them, `faceapp models use ID` changes over.</source>
        <translation>{model} 的向量正在使用，因此保留。请先换用其他模型：`faceapp models` 列出模型，`faceapp models use ID` 切换模型。</translation>
    </message>
    <message>
        <source>The {pictures} pictures in {words} make {count} pairs, more than {max_pairs}. Leave out people, or list the pairs in a file.</source>
        <translation>{words} 中的 {pictures} 张图片可组成 {count} 对，超过 {max_pairs} 对。请减少人物，或在文件中列出配对。</translation>
    </message>
    <message>
        <source>There is a face at this place already.</source>
        <translation>此处已有一张人脸。</translation>
    </message>
    <message>
        <source>There is an album “{said}” already. Choose another name.</source>
        <translation>已有名为“{said}”的相册。请换一个名称。</translation>
    </message>
    <message>
        <source>There is no album {album_id} in this library any more. Nothing was changed.</source>
        <translation>此图库中已没有相册 {album_id}。未作任何更改。</translation>
    </message>
    <message>
        <source>There is no face to look for. Choose at least one.</source>
        <translation>没有要查找的人脸。请至少选择一张。</translation>
    </message>
    <message>
        <source>There is no face {numbers} in this library. Look up the numbers again; nothing was changed.</source>
        <translation>此图库中没有人脸 {numbers}。请重新核对编号；未作任何更改。</translation>
    </message>
    <message>
        <source>There is no file {source}. Name a backup that was made by Faceapp.</source>
        <translation>没有文件 {source}。请指定由 Faceapp 创建的备份。</translation>
    </message>
    <message>
        <source>There is no folder {folder_id} in this library any more. Nothing was changed.</source>
        <translation>此图库中已没有文件夹 {folder_id}。未作任何更改。</translation>
    </message>
    <message>
        <source>There is no folder {parent}. Make it first, or name another file for the backup.</source>
        <translation>没有文件夹 {parent}。请先创建它，或为备份指定其他文件。</translation>
    </message>
    <message>
        <source>There is no library at {folder} yet, so there is nothing to back up.</source>
        <translation>{folder} 还没有图库，因此没有可备份的内容。</translation>
    </message>
    <message>
        <source>There is no library at {parent} yet. Run `faceapp scan FOLDER` first.</source>
        <translation>{parent} 还没有图库。请先运行 `faceapp scan FOLDER`。</translation>
    </message>
    <message>
        <source>There is no model {model_id} here. `faceapp models` lists those that there are.</source>
        <translation>这里没有模型 {model_id}。`faceapp models` 可列出现有模型。</translation>
    </message>
    <message>
        <source>There is no model “{model_id}”. There are: {join}.</source>
        <translation>没有模型“{model_id}”。现有：{join}。</translation>
    </message>
    <message>
        <source>There is no person {numbers} in this library any more. Look them up again; nothing was changed.</source>
        <translation>此图库中已没有人物 {numbers}。请重新查找；未作任何更改。</translation>
    </message>
    <message>
        <source>There is no person {person_id} in this library any more. Nothing was changed.</source>
        <translation>此图库中已没有人物 {person_id}。未作任何更改。</translation>
    </message>
    <message>
        <source>There is no room for {name} ({size} MB) in {folder}. Free some and try again.</source>
        <translation>{folder} 中没有足够空间存放 {name}（{size} MB）。请腾出空间后重试。</translation>
    </message>
    <message>
        <source>There is nothing to compare in {words}: a folder for each person is needed, two people at least, and two pictures of one of them.</source>
        <translation>{words} 中没有可比较的内容：每个人需要一个文件夹，至少两个人，且其中一人有两张图片。</translation>
    </message>
    <message>
        <source>There is nothing to compare: no face has a vector of {model_id} yet. Prepare it first (`faceapp models embed {model_id2}`).</source>
        <translation>没有可比较的内容：还没有人脸具有 {model_id} 的向量。请先准备（`faceapp models embed {model_id2}`）。</translation>
    </message>
    <message>
        <source>There is nothing to look for. Choose a face or a filter first.</source>
        <translation>没有要查找的内容。请先选择人脸或筛选条件。</translation>
    </message>
    <message>
        <source>There is nothing to try.</source>
        <translation>没有可试用的内容。</translation>
    </message>
    <message>
        <source>There was not enough memory for {shown}. Close other programs and try again.</source>
        <translation>内存不足，无法处理{shown}。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>There was not enough memory to open {shown}. Close other programs and try again.</source>
        <translation>内存不足，无法打开{shown}。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>These faces are {named}, who are different people. If they are one person, merge {named2} instead.</source>
        <translation>这些人脸是{named}，他们是不同的人。如果是同一个人，请改为合并{named2}。</translation>
    </message>
    <message>
        <source>This box is too small for a face. Draw a larger one.</source>
        <translation>此框太小，容不下人脸。请画大一些。</translation>
    </message>
    <message>
        <source>This contradicts what you said on {day}</source>
        <translation>这与你在 {day} 的决定矛盾</translation>
    </message>
    <message>
        <source>This face is no longer in the library. Its photo has changed or is gone.</source>
        <translation>此人脸已不在图库中。其照片已更改或不存在。</translation>
    </message>
    <message>
        <source>This face is nobody yet, so there is nobody to split it from. Give it a name.</source>
        <translation>此人脸还不属于任何人，因此无从拆分。请为它命名。</translation>
    </message>
    <message>
        <source>This face is not {name}, so it cannot be the cover. Choose one of {name2}'s faces.</source>
        <translation>此人脸不是{name}，因此不能作封面。请选择{name2}的人脸。</translation>
    </message>
    <message>
        <source>This face was not compared with the others yet. Scan its folder, then ask again.</source>
        <translation>此人脸还没有与其他人脸比较。请扫描其文件夹，然后再试。</translation>
    </message>
    <message>
        <source>This is one person. Choose two people to keep apart.</source>
        <translation>这是同一个人。请选择两个人物以区分。</translation>
    </message>
    <message>
        <source>This library has vectors that another file made under the id {model_id}. Delete them first with `faceapp models drop {model_id2}`, or give the new model another id.</source>
        <translation>此图库中已有另一个文件以标识 {model_id} 生成的向量。请先用 `faceapp models drop {model_id2}` 删除它们，或给新模型换一个标识。</translation>
    </message>
    <message>
        <source>What was deleted still stands in the log of {path}, for another program reads it. Close the other program and Faceapp: then it goes as well.</source>
        <translation>已删除的内容仍留在 {path} 的日志中，因为有其他程序正在读取。请关闭该程序和 Faceapp，这些内容随后也会删除。</translation>
    </message>
    <message>
        <source>You are not allowed to read it. Change the permissions of the file or its folder.</source>
        <translation>你没有读取权限。请更改文件或其文件夹的权限。</translation>
    </message>
    <message>
        <source>You are not allowed to read {shown}. Change the permissions of the file or its folder.</source>
        <translation>你没有权限读取{shown}。请更改文件或其文件夹的权限。</translation>
    </message>
    <message>
        <source>You may not open the folder {shown}. Change its permissions, then scan again.</source>
        <translation>你没有权限打开文件夹 {shown}。请更改其权限，然后重新扫描。</translation>
    </message>
    <message>
        <source>a face is not {name}</source>
        <translation>有人脸不是{name}</translation>
    </message>
    <message>
        <source>a face is {name}</source>
        <translation>有人脸是{name}</translation>
    </message>
    <message>
        <source>a node has no type</source>
        <translation>有节点没有类型</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>a photo</source>
        <translation>1 张照片</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>cannot be started: {error}</source>
        <translation>无法启动：{error}</translation>
    </message>
    <message>
        <source>choose another library with --library DIR</source>
        <translation>用 --library DIR 选择其他图库</translation>
    </message>
    <message>
        <source>closed its connection</source>
        <translation>关闭了连接</translation>
    </message>
    <message>
        <source>ended with code {code}</source>
        <translation>以代码 {code} 结束</translation>
    </message>
    <message>
        <source>face has</source>
        <translation>张人脸</translation>
    </message>
    <message>
        <source>faces have</source>
        <translation>张人脸</translation>
    </message>
    <message>
        <source>in a file outside of its own folder</source>
        <translation>在其文件夹之外的文件中</translation>
    </message>
    <message>
        <source>in another file</source>
        <translation>在另一个文件中</translation>
    </message>
    <message>
        <source>is that of another model</source>
        <translation>属于另一个模型</translation>
    </message>
    <message>
        <source>it holds no network</source>
        <translation>其中没有网络</translation>
    </message>
    <message>
        <source>it is cut off or damaged</source>
        <translation>文件不完整或已损坏</translation>
    </message>
    <message>
        <source>it is not protobuf</source>
        <translation>不是 protobuf</translation>
    </message>
    <message>
        <source>it is not protobuf of ONNX</source>
        <translation>不是 ONNX 的 protobuf</translation>
    </message>
    <message>
        <source>its graphs are nested too deeply</source>
        <translation>图的嵌套过深</translation>
    </message>
    <message>
        <source>model {number}</source>
        <translation>模型 {number}</translation>
    </message>
    <message>
        <source>model “{id}”</source>
        <translation>模型“{id}”</translation>
    </message>
    <message>
        <source>must be a finite number</source>
        <translation>必须是有限数</translation>
    </message>
    <message>
        <source>must be even where flip is concat</source>
        <translation>在 flip 为 concat 时必须是偶数</translation>
    </message>
    <message>
        <source>must be of type {type}</source>
        <translation>必须是 {type} 类型</translation>
    </message>
    <message>
        <source>must be one number</source>
        <translation>必须是一个数字</translation>
    </message>
    <message>
        <source>must be one number or a list of {n}</source>
        <translation>必须是一个数字或 {n} 个数字的列表</translation>
    </message>
    <message>
        <source>must be one of {choices}</source>
        <translation>必须是以下之一：{choices}</translation>
    </message>
    <message>
        <source>must be the name of a file beside the list</source>
        <translation>必须是列表旁边某个文件的名称</translation>
    </message>
    <message>
        <source>must be {n} at most</source>
        <translation>最大为 {n}</translation>
    </message>
    <message>
        <source>must name one output</source>
        <translation>必须指定一个输出</translation>
    </message>
    <message>
        <source>must not be empty</source>
        <translation>不能为空</translation>
    </message>
    <message>
        <source>needed more than {n} GB of memory</source>
        <translation>占用内存超过 {n} GB</translation>
    </message>
    <message>
        <source>of one person</source>
        <translation>同一个人的</translation>
    </message>
    <message>
        <source>of two people</source>
        <translation>两个人的</translation>
    </message>
    <message>
        <source>or choose another library with --library</source>
        <translation>或用 --library 选择其他图库</translation>
    </message>
    <message>
        <source>the album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>the list itself</source>
        <translation>列表本身</translation>
    </message>
    <message>
        <source>the person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>took longer than {n} seconds</source>
        <translation>用时超过 {n} 秒</translation>
    </message>
    <message>
        <source>two of these faces are different people</source>
        <translation>其中两张人脸是不同的人</translation>
    </message>
    <message>
        <source>two of these faces are the same person</source>
        <translation>其中两张人脸是同一个人</translation>
    </message>
    <message>
        <source>was ended by {signal}</source>
        <translation>被 {signal} 终止</translation>
    </message>
    <message>
        <source>{born} is yet to come. Type the day on which the person was born.</source>
        <translation>{born} 还没有到。请输入此人出生的日期。</translation>
    </message>
    <message>
        <source>{contract}, mirror appended</source>
        <translation>{contract}，接上镜像</translation>
    </message>
    <message>
        <source>{contract}, mirror averaged</source>
        <translation>{contract}，与镜像取平均</translation>
    </message>
    <message>
        <source>{damaged} faces have a damaged vector and are left out of searches (face {some}). Scan them again.</source>
        <translation>{damaged} 张人脸的向量已损坏，不参与搜索（人脸 {some}）。请重新扫描。</translation>
    </message>
    <message>
        <source>{dangling} rows of the database point at rows that are not there. Put back a backup of the library.</source>
        <translation>数据库中有 {dangling} 行指向不存在的行。请恢复图库的备份。</translation>
    </message>
    <message>
        <source>{error} To go on without it, run {way_out}. Names are kept.</source>
        <translation>{error}如需不用它继续，请运行 {way_out}。姓名会保留。</translation>
    </message>
    <message>
        <source>{faces} faces and {people} people are not as was decided. The decisions themselves are safe: run `faceapp doctor` while no other Faceapp has this library open, and names are made anew from them.</source>
        <translation>{faces} 张人脸和 {people} 个人物与所作决定不符。决定本身安然无恙：请在没有其他 Faceapp 打开此图库时运行 `faceapp doctor`，姓名会据此重新生成。</translation>
    </message>
    <message>
        <source>{filename} cannot be read ({strerror}). Check its permissions and its drive.</source>
        <translation>无法读取 {filename}（{strerror}）。请检查其权限和所在磁盘。</translation>
    </message>
    <message>
        <source>{filename} is a file, so no library can be in {folder}. Please {other}.</source>
        <translation>{filename} 是文件，因此 {folder} 不能存放图库。请{other}。</translation>
    </message>
    <message>
        <source>{file} is not a pairs file: it is no UTF-8 text. Choose another file.</source>
        <translation>{file} 不是配对文件：它不是 UTF-8 文本。请选择其他文件。</translation>
    </message>
    <message>
        <source>{file} lists no pair {kind}. An evaluation needs pairs of one person and of two.</source>
        <translation>{file} 没有列出{kind}配对。评估需要同一个人的配对和两个人的配对。</translation>
    </message>
    <message>
        <source>{file} lists {found} pairs. Its first line, “{strip}”, announces {folds}: {folds2} × {each} of one person and as many of two.</source>
        <translation>{file} 列出 {found} 对。其首行“{strip}”声明了 {folds} 对：同一个人 {folds2} × {each} 对，两个人也是同样多。</translation>
    </message>
    <message>
        <source>{file}, line {number}: “{strip}” is no pair. Expected: {expected}.</source>
        <translation>{file} 第 {number} 行：“{strip}”不是配对。应为：{expected}。</translation>
    </message>
    <message>
        <source>{missing} faces have no vector of the model in use and are left out of searches.</source>
        <translation>{missing} 张人脸没有当前模型的向量，不参与搜索。</translation>
    </message>
    <message>
        <source>{missing} is not there. Check its name.</source>
        <translation>{missing} 不存在。请检查其名称。</translation>
    </message>
    <message>
        <source>{name} and {name2} are two people</source>
        <translation>{name}和{name2}是两个人</translation>
    </message>
    <message>
        <source>{name} cannot be kept in {folder} ({strerror}). Add the model again.</source>
        <translation>无法将 {name} 保存到 {folder}（{strerror}）。请重新添加该模型。</translation>
    </message>
    <message>
        <source>{name} has changed since it was read. Scan its folder again.</source>
        <translation>{name} 读取之后已更改。请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>{name} has {width} × {height} pixels</source>
        <translation>{name}有 {width} × {height} 像素</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>{n} 张照片</translation>
    </message>
    <message>
        <source>{out} cannot be written to ({why}). Choose another folder.</source>
        <translation>无法写入 {out}（{why}）。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>{out} lies in {root}, which Faceapp never writes photos into. Choose a folder outside of it.</source>
        <translation>{out} 位于 {root} 中，Faceapp 绝不会向其中写入照片。请选择它之外的文件夹。</translation>
    </message>
    <message>
        <source>{path} cannot be loaded: onnxruntime says “{error}”. Export it anew or choose another.</source>
        <translation>无法载入 {path}：onnxruntime 报告“{error}”。请重新导出或选择其他模型。</translation>
    </message>
    <message>
        <source>{path} cannot be read ({strerror}). Check its permissions and its drive.</source>
        <translation>无法读取 {path}（{strerror}）。请检查其权限和所在磁盘。</translation>
    </message>
    <message>
        <source>{path} has {inputs} inputs ({names}). An embedder has one: the picture of a face.</source>
        <translation>{path} 有 {inputs} 个输入（{names}）。识别模型只有一个输入：人脸图片。</translation>
    </message>
    <message>
        <source>{path} is empty. Copy it again.</source>
        <translation>{path} 是空的。请重新拷贝。</translation>
    </message>
    <message>
        <source>{path} is not a file. Choose an .onnx file.</source>
        <translation>{path} 不是文件。请选择 .onnx 文件。</translation>
    </message>
    <message>
        <source>{path} is not an ONNX model: {error}. Choose an .onnx file, or copy it again.</source>
        <translation>{path} 不是 ONNX 模型：{error}。请选择 .onnx 文件，或重新拷贝。</translation>
    </message>
    <message>
        <source>{path} keeps weights {where}, “{place}”. Faceapp keeps a model as a single file, whose sha256 vouches for all of it: export it without external data.</source>
        <translation>{path} 将权重存放{where}：“{place}”。Faceapp 以单个文件保存模型，用 sha256 校验整个文件：请在导出时不使用外部数据。</translation>
    </message>
    <message>
        <source>{path} needs operators that onnxruntime does not have ({names}). Export it with ONNX's own operators.</source>
        <translation>{path} 需要 onnxruntime 没有的算子（{names}）。请用 ONNX 自带的算子导出。</translation>
    </message>
    <message>
        <source>{path} takes {st_size} MB; Faceapp takes models up to {max_model_bytes} MB. Choose a smaller one.</source>
        <translation>{path} 大小为 {st_size} MB；Faceapp 支持的模型最大为 {max_model_bytes} MB。请选择较小的模型。</translation>
    </message>
    <message>
        <source>{path} takes {words}. An embedder takes one face at a time: 1 × 3 × 112 × 112 or the like, with 1 or 3 channels and sides from {least_side} to {max_side}.</source>
        <translation>{path} 的输入为 {words}。识别模型一次处理一张人脸：如 1 × 3 × 112 × 112，1 或 3 个通道，边长 {least_side} 到 {max_side}。</translation>
    </message>
    <message>
        <source>{path} works with {tensor} at “{name}”. Faceapp feeds and reads numbers of 32 bits: export the model with float32 inputs and outputs.</source>
        <translation>{path} 在“{name}”处使用 {tensor}。Faceapp 以 32 位数字输入和输出：请以 float32 输入输出导出模型。</translation>
    </message>
    <message>
        <source>{person_name} is no longer among the people. Go on with the next question.</source>
        <translation>{person_name}已不在人物中。请继续下一个问题。</translation>
    </message>
    <message>
        <source>{printable_text} cannot be read ({strerror}). Check its drive.</source>
        <translation>无法读取 {printable_text}（{strerror}）。请检查所在磁盘。</translation>
    </message>
    <message>
        <source>{printable} is where Faceapp keeps its library. Choose a folder of photos.</source>
        <translation>{printable} 是 Faceapp 存放图库的位置。请选择照片文件夹。</translation>
    </message>
    <message>
        <source>{said}, which take {needed} MB of memory to open in this format. Faceapp gives one picture {max_decode_bytes} MB. Save a smaller copy or a JPEG.</source>
        <translation>{said}，以此格式打开需要 {needed} MB 内存。Faceapp 给单张图片的内存为 {max_decode_bytes} MB。请存储较小的副本或 JPEG。</translation>
    </message>
    <message>
        <source>{said}. Faceapp opens up to {max_pixels} megapixels and {max_side} pixels a side. Save a smaller copy.</source>
        <translation>{said}。Faceapp 最大可打开 {max_pixels} 百万像素、每边 {max_side} 像素的图片。请存储较小的副本。</translation>
    </message>
    <message>
        <source>{said}: {in_words} and {more} more like it. Take that back first.</source>
        <translation>{said}：{in_words}，另有 {more} 处类似。请先收回该决定。</translation>
    </message>
    <message>
        <source>{said}: {in_words}. Take that back first.</source>
        <translation>{said}：{in_words}。请先收回该决定。</translation>
    </message>
    <message>
        <source>{shown} cannot be read ({why}). Check the drive and try again.</source>
        <translation>无法读取{shown}（{why}）。请检查磁盘后重试。</translation>
    </message>
    <message>
        <source>{shown} is a link to a file that is not there. Bring the file back or delete the link.</source>
        <translation>{shown}是一个链接，所指的文件不存在。请恢复该文件或删除链接。</translation>
    </message>
    <message>
        <source>{shown} is being written by another program. Scan its folder again when it is done.</source>
        <translation>{shown}正被其他程序写入。完成后请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>{shown} is built of more than {max_jpeg_scans} layers, which no camera does. Save a new copy of it as JPEG.</source>
        <translation>{shown}由超过 {max_jpeg_scans} 层构成，相机不会这样存储。请将它另存为新的 JPEG。</translation>
    </message>
    <message>
        <source>{shown} is cut off or damaged. Copy it again from the camera or a backup.</source>
        <translation>{shown}不完整或已损坏。请从相机或备份重新拷贝。</translation>
    </message>
    <message>
        <source>{shown} is empty. Copy it again from the camera or a backup.</source>
        <translation>{shown}是空的。请从相机或备份重新拷贝。</translation>
    </message>
    <message>
        <source>{shown} is larger than {max_file_bytes} MB, the most that Faceapp opens. Save a smaller copy.</source>
        <translation>{shown}大于 Faceapp 可打开的上限 {max_file_bytes} MB。请存储较小的副本。</translation>
    </message>
    <message>
        <source>{shown} is not a folder. Choose the folder that holds the photo.</source>
        <translation>{shown} 不是文件夹。请选择照片所在的文件夹。</translation>
    </message>
    <message>
        <source>{shown} is not a picture that Faceapp can read, or it is damaged. Use JPEG, HEIC, PNG, WebP, AVIF, TIFF, GIF, BMP or a camera raw file, or copy it again from a backup.</source>
        <translation>{shown}不是 Faceapp 可读取的图片，或已损坏。请使用 JPEG、HEIC、PNG、WebP、AVIF、TIFF、GIF、BMP 或相机 RAW 文件，或从备份重新拷贝。</translation>
    </message>
    <message>
        <source>{shown} is not an ordinary file but a folder, pipe or device. Choose a picture file.</source>
        <translation>{shown}不是普通文件，而是文件夹、管道或设备。请选择图片文件。</translation>
    </message>
    <message>
        <source>{shown} is not there any more. Scan its folder again.</source>
        <translation>{shown}已不存在。请重新扫描其文件夹。</translation>
    </message>
    <message>
        <source>{shown} made the picture decoder crash (it {how}). It is probably damaged: copy it again from the camera or a backup.</source>
        <translation>{shown}使图片解码器崩溃（解码器{how}）。文件可能已损坏：请从相机或备份重新拷贝。</translation>
    </message>
    <message>
        <source>{shown} needed more than {limit} GB of memory to open. Save a smaller copy.</source>
        <translation>打开{shown}需要超过 {limit} GB 内存。请存储较小的副本。</translation>
    </message>
    <message>
        <source>{shown} took longer than {seconds} seconds to open. Check the drive, or save a copy of it.</source>
        <translation>打开{shown}用时超过 {seconds} 秒。请检查磁盘，或存储它的副本。</translation>
    </message>
    <message>
        <source>{source} is the library itself. Name a backup of it.</source>
        <translation>{source} 就是图库本身。请指定它的备份。</translation>
    </message>
    <message>
        <source>{target} is a folder. Name a file in it for the backup.</source>
        <translation>{target} 是文件夹。请为备份指定其中的一个文件。</translation>
    </message>
    <message>
        <source>{target} is the library itself. Name another file for the backup.</source>
        <translation>{target} 就是图库本身。请为备份指定其他文件。</translation>
    </message>
    <message>
        <source>{target} is there already and is no Faceapp backup. Name another file; nothing was changed.</source>
        <translation>{target} 已存在，且不是 Faceapp 备份。请指定其他文件；未作任何更改。</translation>
    </message>
    <message>
        <source>{unhashed} photos count as read but have no content hash. Read them again.</source>
        <translation>{unhashed} 张照片标为已读取，但没有内容哈希值。请重新读取。</translation>
    </message>
    <message>
        <source>{unusable} {have} a picture without a face, or one that cannot be read. Each counts with the score {no_face_score}, as if it showed two people.</source>
        <translation>{unusable} {have}含有没有人脸或无法读取的图片。每对按分数 {no_face_score} 计，视为两个人。</translation>
    </message>
    <message>
        <source>{where} cannot be used ({why}). Check the disk and its free space.</source>
        <translation>无法使用 {where}（{why}）。请检查磁盘及其可用空间。</translation>
    </message>
</context>
<context>
    <name>EvaluatePage</name>
    <message>
        <source>Evaluate recognition</source>
        <translation>评估识别效果</translation>
    </message>
    <message>
        <source>Folder of people…</source>
        <translation>人物文件夹…</translation>
    </message>
    <message>
        <source>How well does the model in use tell people apart? Give it pictures of which you know who they show: a folder with a folder for each person, or a pairs file as LFW has it. The library stays as it is.</source>
        <translation>当前模型区分人物的效果如何？请给它一些你知道是谁的图片：一个为每个人各设子文件夹的文件夹，或 LFW 格式的配对文件。图库保持不变。</translation>
    </message>
    <message>
        <source>Looking for pictures…</source>
        <translation>正在查找图片…</translation>
    </message>
    <message>
        <source>Pairs file…</source>
        <translation>配对文件…</translation>
    </message>
    <message>
        <source>Pictures looked at</source>
        <translation>已查看的图片</translation>
    </message>
    <message>
        <source>Pictures of the pairs judged worst</source>
        <translation>判断最差的各对图片</translation>
    </message>
    <message>
        <source>ROC and the scores of both kinds of pairs</source>
        <translation>ROC 曲线与两类配对的分数</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>存储报告…</translation>
    </message>
    <message>
        <source>The pairs judged worst</source>
        <translation>判断最差的配对</translation>
    </message>
    <message>
        <source>Write figures, scores and pictures into a folder</source>
        <translation>将图表、分数和图片写入文件夹</translation>
    </message>
</context>
<context>
    <name>Evaluating</name>
    <message>
        <source>A folder for the report</source>
        <translation>报告的存放文件夹</translation>
    </message>
    <message>
        <source>Evaluate on a folder of people</source>
        <translation>用人物文件夹评估</translation>
    </message>
    <message>
        <source>Evaluate on the pairs of a file</source>
        <translation>用文件中的配对评估</translation>
    </message>
    <message>
        <source>The report is in {folder}</source>
        <translation>报告位于 {folder}</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export the photos of {name}</source>
        <translation>导出{name}的照片</translation>
    </message>
    <message>
        <source>Exporting: {done} of {photos}</source>
        <translation>正在导出：{done} / {photos}</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The export was stopped. What was copied stays; exporting again goes on from here.</source>
        <translation>导出已停止。已拷贝的会保留；再次导出会从这里继续。</translation>
    </message>
    <message>
        <source>The photos of {name} are being copied to {folder}.</source>
        <translation>正在将{name}的照片拷贝到 {folder}。</translation>
    </message>
    <message>
        <source>{photos} could not be copied, {file} for example: {reason}</source>
        <translation>{photos}无法拷贝，例如 {file}：{reason}</translation>
    </message>
    <message>
        <source>{photos} lay there already.</source>
        <translation>{photos}已在那里。</translation>
    </message>
    <message>
        <source>{photos} of {name} copied to {folder}.</source>
        <translation>已将{name}的 {photos}拷贝到 {folder}。</translation>
    </message>
</context>
<context>
    <name>FaceDrawing</name>
    <message>
        <source>Arrows move the box, Shift and arrows change its size, Enter takes it, Esc leaves</source>
        <translation>箭头键移动框，Shift 加箭头键调整大小，Enter 确定，Esc 退出</translation>
    </message>
    <message>
        <source>Drag a box around the face, or use the arrows and Enter. Esc leaves.</source>
        <translation>拖移出一个框住人脸的框，或使用箭头键和 Enter。Esc 退出。</translation>
    </message>
    <message>
        <source>Draw a box around a face</source>
        <translation>框选人脸</translation>
    </message>
</context>
<context>
    <name>FacePicker</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Face {n}</source>
        <translation>人脸 {n}</translation>
    </message>
    <message>
        <source>Look for every face of this picture</source>
        <translation>查找此图片中的所有人脸</translation>
    </message>
    <message>
        <source>Look for the chosen faces (Enter)</source>
        <translation>查找所选人脸 (Enter)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search for nobody (Esc)</source>
        <translation>不搜索 (Esc)</translation>
    </message>
    <message>
        <source>Use all</source>
        <translation>全部使用</translation>
    </message>
    <message>
        <source>Who are you looking for?</source>
        <translation>你要找谁？</translation>
    </message>
    <message>
        <source>{faces} in this picture. Click one or more.</source>
        <translation>此图片中有 {faces}。点按一张或多张。</translation>
    </message>
    <message>
        <source>{n} of {faces} chosen</source>
        <translation>已选 {n} 张，共 {faces}</translation>
    </message>
</context>
<context>
    <name>FaceRow</name>
    <message>
        <source>{name}: {quality}. Click to find every match.</source>
        <translation>{name}：{quality}。点按以查找所有匹配。</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Click a photo to see it; the wheel goes from photo to photo (T hides the strip)</source>
        <translation>点按照片以查看；滚轮可逐张切换（按 T 隐藏胶片条）</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 张，共 {1} 张</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Change the filter</source>
        <translation>更改筛选</translation>
    </message>
    <message>
        <source>Change the filter (Ctrl+L)</source>
        <translation>更改筛选 (Ctrl+L)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Keep this filter as an album</source>
        <translation>将此筛选保存为相册</translation>
    </message>
    <message>
        <source>Keep this filter as an album that follows the library (Ctrl+Shift+S)</source>
        <translation>将此筛选保存为随图库更新的相册 (Ctrl+Shift+S)</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Show everything again (Ctrl+Shift+W)</source>
        <translation>重新显示全部 (Ctrl+Shift+W)</translation>
    </message>
</context>
<context>
    <name>FilterChip</name>
    <message>
        <source>Filter: {part}. Remove</source>
        <translation>筛选：{part}。移除</translation>
    </message>
    <message>
        <source>Only {part}. Click to remove (Delete)</source>
        <translation>仅限{part}。点按以移除 (Delete)</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>Add a person</source>
        <translation>添加人物</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>至少</translation>
    </message>
    <message>
        <source>Choose a year</source>
        <translation>选择年份</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Clear faces only</source>
        <translation>仅清晰的人脸</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close; the filter stays (Esc)</source>
        <translation>关闭，筛选保留 (Esc)</translation>
    </message>
    <message>
        <source>FACES</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>Least size of a face in pixels</source>
        <translation>人脸的最小像素尺寸</translation>
    </message>
    <message>
        <source>Leave out faces that are too blurred to be told apart</source>
        <translation>不显示过于模糊而无法辨认的人脸</translation>
    </message>
    <message>
        <source>Named or not</source>
        <translation>是否已命名</translation>
    </message>
    <message>
        <source>PEOPLE</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Pixels of the full photo, along the shorter side of the face; empty for any</source>
        <translation>人脸短边在原照片中的像素数；留空表示不限</translation>
    </message>
    <message>
        <source>Show everything again (Ctrl+Shift+W)</source>
        <translation>重新显示全部 (Ctrl+Shift+W)</translation>
    </message>
    <message>
        <source>Show only</source>
        <translation>仅显示</translation>
    </message>
    <message>
        <source>Show only photos with this person</source>
        <translation>仅显示有此人的照片</translation>
    </message>
    <message>
        <source>TAKEN</source>
        <translation>拍摄时间</translation>
    </message>
    <message>
        <source>Taken: {when}</source>
        <translation>拍摄时间：{when}</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Type a name and press Enter; any of the people will do</source>
        <translation>输入姓名并按 Enter；有其中任何一人即可</translation>
    </message>
    <message>
        <source>With a name</source>
        <translation>已命名</translation>
    </message>
    <message>
        <source>With and without a name</source>
        <translation>已命名和未命名</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>px</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>ALBUMS</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Clear recent searches</source>
        <translation>清除最近搜索</translation>
    </message>
    <message>
        <source>DATES</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>PEOPLE</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>RECENT SEARCHES</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>TOGETHER</source>
        <translation>组合</translation>
    </message>
    <message>
        <source>album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>recent search</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
</context>
<context>
    <name>FirstNameHint</name>
    <message>
        <source>Do not ask</source>
        <translation>不再询问</translation>
    </message>
    <message>
        <source>Do not ask; unnamed groups are in the panel on the left (Esc)</source>
        <translation>不再询问；未命名分组在左侧面板中 (Esc)</translation>
    </message>
    <message>
        <source>Give these faces the name (Enter)</source>
        <translation>为这些人脸命名 (Enter)</translation>
    </message>
    <message>
        <source>In {photos}. Name them once.</source>
        <translation>出现在 {photos}中。只需命名一次。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>命名</translation>
    </message>
    <message>
        <source>Name this person</source>
        <translation>为此人命名</translation>
    </message>
    <message>
        <source>Type a name</source>
        <translation>输入姓名</translation>
    </message>
    <message>
        <source>Type a name and press Enter</source>
        <translation>输入姓名并按 Enter</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>这是谁？</translation>
    </message>
    <message>
        <source>Who is this? Name of the person in these pictures</source>
        <translation>这是谁？这些图片中人物的姓名</translation>
    </message>
</context>
<context>
    <name>FirstStart</name>
    <message>
        <source>24 portraits in the public domain, which can be removed with one click</source>
        <translation>24 张公有领域的肖像，点按一下即可移除</translation>
    </message>
    <message>
        <source>Choose a folder with photos (Ctrl+O)</source>
        <translation>选择一个照片文件夹 (Ctrl+O)</translation>
    </message>
    <message>
        <source>Choose a photo folder…</source>
        <translation>选择照片文件夹…</translation>
    </message>
    <message>
        <source>Choose another…</source>
        <translation>选择其他…</translation>
    </message>
    <message>
        <source>Click a face, see every match</source>
        <translation>点按一张人脸，查看所有匹配</translation>
    </message>
    <message>
        <source>Drag the line to be stricter or wider.</source>
        <translation>拖移阈值线，可更严格或更宽松。</translation>
    </message>
    <message>
        <source>Drop your photo folder here</source>
        <translation>将照片文件夹拖到这里</translation>
    </message>
    <message>
        <source>Faceapp finds the people in your pictures. First faces appear within seconds.</source>
        <translation>Faceapp 会找出你照片中的人物，几秒钟内就能看到第一批人脸。</translation>
    </message>
    <message>
        <source>Making sample photos…</source>
        <translation>正在制作示例照片…</translation>
    </message>
    <message>
        <source>Names live in a library beside them.</source>
        <translation>姓名保存在照片之外的图库中。</translation>
    </message>
    <message>
        <source>No account, no upload, no network at all.</source>
        <translation>无需账户，不上传，完全不联网。</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>一切都留在这台电脑上</translation>
    </message>
    <message>
        <source>Photos are never changed</source>
        <translation>绝不改动照片</translation>
    </message>
    <message>
        <source>Read the photos in your Pictures folder</source>
        <translation>读取“图片”文件夹中的照片</translation>
    </message>
    <message>
        <source>Read the photos in {folder}</source>
        <translation>读取 {folder} 中的照片</translation>
    </message>
    <message>
        <source>Try it with sample photos</source>
        <translation>用示例照片试一试</translation>
    </message>
    <message>
        <source>Use my Pictures folder</source>
        <translation>使用我的“图片”文件夹</translation>
    </message>
</context>
<context>
    <name>FoldersPage</name>
    <message>
        <source>Add Folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add a photo folder and read it</source>
        <translation>添加照片文件夹并读取</translation>
    </message>
    <message>
        <source>Add another folder</source>
        <translation>添加其他文件夹</translation>
    </message>
    <message>
        <source>Add the folder that holds your photos.</source>
        <translation>添加存放照片的文件夹。</translation>
    </message>
    <message>
        <source>Faceapp only reads these folders. It never changes, moves or deletes a photo.</source>
        <translation>Faceapp 只读取这些文件夹，绝不会更改、移动或删除照片。</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Names and patterns</source>
        <translation>名称和模式</translation>
    </message>
    <message>
        <source>Names and patterns to ignore, one a line</source>
        <translation>要忽略的名称和模式，每行一个</translation>
    </message>
    <message>
        <source>No folder yet</source>
        <translation>还没有文件夹</translation>
    </message>
    <message>
        <source>One a line. A name fits at any depth; one with a slash fits from the photo folder on, and * stands for anything. Photos that are ignored leave the library; their names come back with them.</source>
        <translation>每行一个。名称在任何层级都有效；带斜杠的从照片文件夹算起；* 代表任意内容。被忽略的照片会离开图库；恢复后，姓名也会随之恢复。</translation>
    </message>
    <message>
        <source>Photo folders</source>
        <translation>照片文件夹</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Take {folder} out of the library; the photos stay</source>
        <translation>将 {folder} 移出图库；照片保持不变</translation>
    </message>
    <message>
        <source>skip exclude glob hidden</source>
        <translation>跳过 排除 通配符 隐藏</translation>
    </message>
</context>
<context>
    <name>ForgetConfirmation</name>
    <message>
        <source>Delete the backups as well</source>
        <translation>同时删除备份</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Forget a person?</source>
        <translation>要清除此人物吗？</translation>
    </message>
    <message>
        <source>Forget {name}</source>
        <translation>清除{name}</translation>
    </message>
    <message>
        <source>The name and every decision that names the person go for good.</source>
        <translation>姓名以及所有涉及此人的决定都将永久删除。</translation>
    </message>
    <message>
        <source>Type the whole name</source>
        <translation>输入完整姓名</translation>
    </message>
</context>
<context>
    <name>GridSections</name>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Select all of {title} (Ctrl+Shift+Space)</source>
        <translation>选择“{title}”的全部 (Ctrl+Shift+Space)</translation>
    </message>
</context>
<context>
    <name>GroupHeader</name>
    <message>
        <source>Make the selected faces a group of their own</source>
        <translation>将所选人脸单独分为一组</translation>
    </message>
    <message>
        <source>Name this group…</source>
        <translation>为此分组命名…</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>Not one person: split…</source>
        <translation>不是同一个人：拆分…</translation>
    </message>
    <message>
        <source>Show first who looks least like the rest, to select them</source>
        <translation>先显示最不像其余人脸的，以便选择</translation>
    </message>
</context>
<context>
    <name>HistoryPage</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change nothing (Esc)</source>
        <translation>不作更改 (Esc)</translation>
    </message>
    <message>
        <source>Do everything again up to “{step}”?</source>
        <translation>要重做到“{step}”为止吗？</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史记录</translation>
    </message>
    <message>
        <source>Nothing was decided yet. Names, merges and everything else that you say of people is listed here, and can be undone at any time.</source>
        <translation>还没有作出任何决定。命名、合并以及你对人物作出的其他决定都会列在这里，并可随时撤销。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message numerus="yes">
        <source>Redo {n} step</source>
        <translation><numerusform>重做 {n} 步</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Redo {n} steps</source>
        <translation><numerusform>重做 {n} 步</numerusform></translation>
    </message>
    <message>
        <source>Steps, latest first</source>
        <translation>各步操作，最近的在前</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo everything down to “{step}”, and that too?</source>
        <translation>要撤销到“{step}”，并包括这一步吗？</translation>
    </message>
    <message numerus="yes">
        <source>Undo {n} step</source>
        <translation><numerusform>撤销 {n} 步</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Undo {n} steps</source>
        <translation><numerusform>撤销 {n} 步</numerusform></translation>
    </message>
    <message>
        <source>What you decided, latest first. Double-click a step to undo everything down to it.</source>
        <translation>你作出的决定，最近的在前。连按某一步，即可撤销到那一步。</translation>
    </message>
    <message>
        <source>{time} · undone</source>
        <translation>{time} · 已撤销</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Change name…</source>
        <translation>更改姓名…</translation>
    </message>
    <message>
        <source>Choose a photo or a face to see who is in it.</source>
        <translation>选择照片或人脸，查看其中是谁。</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Most similar</source>
        <translation>最相似</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>No</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open in the viewer (Enter)</source>
        <translation>在查看器中打开 (Enter)</translation>
    </message>
    <message>
        <source>Say that this is somebody else</source>
        <translation>说明这是别人</translation>
    </message>
    <message>
        <source>Say that this is who it seems to be</source>
        <translation>确认这就是此人</translation>
    </message>
    <message>
        <source>Say who this is (Ctrl+N)</source>
        <translation>说明这是谁 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show the file in its folder (Ctrl+Shift+R)</source>
        <translation>在所在文件夹中显示文件 (Ctrl+Shift+R)</translation>
    </message>
    <message>
        <source>Similar face, {score}. Click to search for it.</source>
        <translation>相似人脸，{score}。点按以搜索。</translation>
    </message>
    <message>
        <source>Why it matches</source>
        <translation>为何匹配</translation>
    </message>
    <message>
        <source>Yes, {name}</source>
        <translation>是{name}</translation>
    </message>
    <message>
        <source>how alike this face and the one you look for are; 1.00 is the same picture</source>
        <translation>此人脸与所查找人脸的相似程度；1.00 表示同一张图片</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>Looking for faces in the picture…</source>
        <translation>正在图片中查找人脸…</translation>
    </message>
    <message>
        <source>No face was found in {name}. Try a picture in which the face is larger or less turned.</source>
        <translation>在{name}中没有找到人脸。请换一张人脸更大或更正面的图片。</translation>
    </message>
    <message>
        <source>That is only an address on the web, and Faceapp opens no connection. Save the picture, or copy the image itself, and drop that.</source>
        <translation>这只是一个网址，而 Faceapp 不会联网。请存储图片，或拷贝图像本身，再拖进来。</translation>
    </message>
    <message>
        <source>The library is still opening. Try again in a moment.</source>
        <translation>图库仍在打开，请稍后再试。</translation>
    </message>
    <message>
        <source>There is no picture in that.</source>
        <translation>其中没有图片。</translation>
    </message>
    <message>
        <source>There is no picture or folder in that. Drop a photo folder or a picture.</source>
        <translation>其中没有图片或文件夹。请拖入照片文件夹或图片。</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>{path} is not there any more.</source>
        <translation>{path} 已不存在。</translation>
    </message>
</context>
<context>
    <name>LanguagePage</name>
    <message>
        <source>Holds from the next start.</source>
        <translation>下次启动时生效。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language of the window</source>
        <translation>窗口语言</translation>
    </message>
    <message>
        <source>as the system</source>
        <translation>跟随系统</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>No library is open</source>
        <translation>没有打开的图库</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>正在打开图库…</translation>
    </message>
    <message>
        <source>This library cannot be opened</source>
        <translation>无法打开此图库</translation>
    </message>
</context>
<context>
    <name>Marking</name>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Keep as a Face</source>
        <translation>作为人脸保留(&amp;K)</translation>
    </message>
    <message>
        <source>It can be named, but may not be found again in other photos.</source>
        <translation>可以为它命名，但在其他照片中可能找不到。</translation>
    </message>
    <message>
        <source>Looking for the face…</source>
        <translation>正在查找人脸…</translation>
    </message>
    <message>
        <source>No face was found</source>
        <translation>没有找到人脸</translation>
    </message>
    <message>
        <source>No face was found in this box. Keep it as a face all the same?</source>
        <translation>此框中没有找到人脸。仍要作为人脸保留吗？</translation>
    </message>
    <message>
        <source>The face is kept. N gives it a name, Ctrl+Z takes it back.</source>
        <translation>已保留此人脸。按 N 命名，按 Ctrl+Z 撤销。</translation>
    </message>
    <message>
        <source>This face is known already, though it may be out of view. A name shows it.</source>
        <translation>此人脸已有记录，只是可能未显示。命名后即会显示。</translation>
    </message>
</context>
<context>
    <name>MatchBar</name>
    <message>
        <source>+ face</source>
        <translation>+ 人脸</translation>
    </message>
    <message>
        <source>Add a face to the search</source>
        <translation>将人脸加入搜索</translation>
    </message>
    <message>
        <source>End the search</source>
        <translation>结束搜索</translation>
    </message>
    <message>
        <source>End the search (Ctrl+W)</source>
        <translation>结束搜索 (Ctrl+W)</translation>
    </message>
    <message>
        <source>How several faces are combined</source>
        <translation>多张人脸如何组合</translation>
    </message>
    <message>
        <source>Keep this search as an album</source>
        <translation>将此搜索保存为相册</translation>
    </message>
    <message>
        <source>Keep this search as an album that follows your photos (Ctrl+Shift+S)</source>
        <translation>将此搜索保存为随照片更新的相册 (Ctrl+Shift+S)</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Say who this is (Ctrl+N)</source>
        <translation>说明这是谁 (Ctrl+N)</translation>
    </message>
    <message>
        <source>Search for faces</source>
        <translation>搜索人脸</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>Show the best faces that the line leaves out, greyed, after the matches (Ctrl+B)</source>
        <translation>在匹配之后以灰色显示阈值线以下最接近的人脸 (Ctrl+B)</translation>
    </message>
    <message>
        <source>The next face you click joins the search. Pictures may also be dropped here.</source>
        <translation>接下来点按的人脸会加入搜索。也可以将图片拖到这里。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>all together</source>
        <translation>同时满足</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>any of them</source>
        <translation>任意一个</translation>
    </message>
</context>
<context>
    <name>Mending</name>
    <message>
        <source>Some of these photos lie on a drive that is not connected. They are read when it is.</source>
        <translation>其中一些照片位于未连接的磁盘上，连接后即会读取。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare {name} with the model in use</source>
        <translation>将 {name} 与当前模型比较</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the vectors of {name}</source>
        <translation>删除 {name} 的向量</translation>
    </message>
    <message>
        <source>Delete the vectors of {name} now</source>
        <translation>立即删除 {name} 的向量</translation>
    </message>
    <message>
        <source>Delete vectors…</source>
        <translation>删除向量…</translation>
    </message>
    <message>
        <source>Delete {vectors}? They can be made again.</source>
        <translation>要删除 {vectors}吗？以后可以重新生成。</translation>
    </message>
    <message>
        <source>Faces prepared</source>
        <translation>已准备的人脸</translation>
    </message>
    <message>
        <source>Go on preparing</source>
        <translation>继续准备</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Keep the vectors of {name}</source>
        <translation>保留 {name} 的向量</translation>
    </message>
    <message>
        <source>Licence: {licence}</source>
        <translation>许可：{licence}</translation>
    </message>
    <message>
        <source>Look at every face with this model, beside the one in use</source>
        <translation>在保留当前模型的同时，用此模型查看每张人脸</translation>
    </message>
    <message>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Prepare {name}</source>
        <translation>准备 {name}</translation>
    </message>
    <message>
        <source>Recognise faces with this model from now on. Every name is kept.</source>
        <translation>从现在起用此模型识别人脸。所有姓名都会保留。</translation>
    </message>
    <message>
        <source>Show the pairs of faces about which this model and the one in use disagree</source>
        <translation>显示此模型与当前模型意见不一的人脸</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Use {name}</source>
        <translation>使用 {name}</translation>
    </message>
    <message>
        <source>an unknown source</source>
        <translation>来源未知</translation>
    </message>
    <message>
        <source>from {source}</source>
        <translation>来自 {source}</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>Modelling</name>
    <message>
        <source>Add a recognition model</source>
        <translation>添加识别模型</translation>
    </message>
    <message>
        <source>Comparing {name} with the model in use…</source>
        <translation>正在将 {name} 与当前模型比较…</translation>
    </message>
    <message>
        <source>Deleted: {vectors}</source>
        <translation>已删除：{vectors}</translation>
    </message>
    <message>
        <source>Deleting the vectors of {name}…</source>
        <translation>正在删除 {name} 的向量…</translation>
    </message>
    <message>
        <source>Models (*.onnx);;All files (*)</source>
        <translation>模型 (*.onnx);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Opening the library with {name}…</source>
        <translation>正在用 {name} 打开图库…</translation>
    </message>
    <message>
        <source>Trying out {file}…</source>
        <translation>正在试用 {file}…</translation>
    </message>
    <message>
        <source>{name} is added. Prepare it to try it out.</source>
        <translation>已添加 {name}。准备之后即可试用。</translation>
    </message>
    <message>
        <source>{name} is prepared.</source>
        <translation>{name} 已准备好。</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>A model turns each face into numbers, by which faces are compared. Another can be tried beside the one in use: nothing is detected anew, every name is kept, and you can change back at any time.</source>
        <translation>模型将每张人脸转换为一组数字，据此比较人脸。你可以在保留当前模型的同时试用另一个：无需重新检测，所有姓名都会保留，随时可以换回。</translation>
    </message>
    <message>
        <source>Add a model…</source>
        <translation>添加模型…</translation>
    </message>
    <message>
        <source>Choose an .onnx file; it is checked before anything is kept</source>
        <translation>选择 .onnx 文件；保存之前会先检查</translation>
    </message>
    <message>
        <source>Looking at the models…</source>
        <translation>正在查看模型…</translation>
    </message>
    <message>
        <source>Recognition models</source>
        <translation>识别模型</translation>
    </message>
</context>
<context>
    <name>ModelsPreferences</name>
    <message>
        <source>Another model can be tried beside the one in use. Names stay, and you can change back.</source>
        <translation>可以在保留当前模型的同时试用另一个。姓名保持不变，并可随时换回。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Other models</source>
        <translation>其他模型</translation>
    </message>
    <message>
        <source>Recognition Models…</source>
        <translation>识别模型…</translation>
    </message>
    <message>
        <source>See the models, add one, try it out and change over to it</source>
        <translation>查看模型，添加、试用并切换模型</translation>
    </message>
    <message>
        <source>embedder recognition</source>
        <translation>识别 特征</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Adds to {name}, {faces}</source>
        <translation>加入{name}，{faces}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change nothing (Esc)</source>
        <translation>不作更改 (Esc)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>命名</translation>
    </message>
    <message>
        <source>Name {faces}</source>
        <translation>为 {faces}命名</translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新人物</translation>
    </message>
    <message>
        <source>Nobody has this name</source>
        <translation>没有人叫这个名字</translation>
    </message>
    <message>
        <source>One of the faces</source>
        <translation>其中一张人脸</translation>
    </message>
    <message>
        <source>Type a name: a new one, or one you have used before</source>
        <translation>输入姓名：新的或以前用过的</translation>
    </message>
    <message>
        <source>Type the name of somebody in this library</source>
        <translation>输入此图库中某人的姓名</translation>
    </message>
    <message>
        <source>{action} (Enter)</source>
        <translation>{action} (Enter)</translation>
    </message>
</context>
<context>
    <name>NameEdit</name>
    <message>
        <source>Name</source>
        <translation>命名</translation>
    </message>
</context>
<context>
    <name>NamingMatches</name>
    <message>
        <source>Choose one or more faces first, then name them.</source>
        <translation>请先选择一张或多张人脸，再命名。</translation>
    </message>
    <message>
        <source>{faces}: {name}</source>
        <translation>{faces}：{name}</translation>
    </message>
</context>
<context>
    <name>NavRow</name>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>{name}: a search that follows the library</source>
        <translation>{name}：随图库更新的搜索</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close this notice</source>
        <translation>关闭此通知</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
</context>
<context>
    <name>Notifying</name>
    <message>
        <source>All photos are read</source>
        <translation>所有照片都已读取</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Add a folder that holds photos of people.</source>
        <translation>添加存有人物照片的文件夹。</translation>
    </message>
    <message>
        <source>Add a folder that holds photos, or drop one on the window.</source>
        <translation>添加照片文件夹，或将文件夹拖到窗口上。</translation>
    </message>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>All matches</source>
        <translation>所有匹配</translation>
    </message>
    <message>
        <source>Change or clear the filter.</source>
        <translation>请更改或清除筛选。</translation>
    </message>
    <message>
        <source>Clear the filter to see everyone.</source>
        <translation>清除筛选即可查看所有人。</translation>
    </message>
    <message>
        <source>Click a face in the bar above to switch it.</source>
        <translation>点按上方栏中的人脸即可切换。</translation>
    </message>
    <message>
        <source>Click a face, then choose “Name these…”.</source>
        <translation>点按一张人脸，然后选择“命名这些人脸…”。</translation>
    </message>
    <message>
        <source>Every group has a name</source>
        <translation>所有分组都已命名</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Faces that seem to be one person come here until you say who it is.</source>
        <translation>看起来是同一个人的人脸会先放在这里，直到你说明是谁。</translation>
    </message>
    <message>
        <source>Faces that you hide, passers-by and statues, come here and are never asked about again.</source>
        <translation>你隐藏的人脸（路人、雕像等）会放在这里，以后不再询问。</translation>
    </message>
    <message>
        <source>First matches</source>
        <translation>最先找到的匹配</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>It was removed. Its photos are where they were.</source>
        <translation>相册已移除，照片仍在原处。</translation>
    </message>
    <message>
        <source>Its faces got a name, or went to other groups.</source>
        <translation>其中的人脸已命名，或已归入其他分组。</translation>
    </message>
    <message>
        <source>Name faces to bring her or him back.</source>
        <translation>为人脸命名即可让此人重新出现。</translation>
    </message>
    <message>
        <source>No face of this person is left</source>
        <translation>此人已没有人脸</translation>
    </message>
    <message>
        <source>No faces yet</source>
        <translation>还没有人脸</translation>
    </message>
    <message>
        <source>No photos here</source>
        <translation>这里没有照片</translation>
    </message>
    <message>
        <source>Nobody has a name yet</source>
        <translation>还没有命名任何人</translation>
    </message>
    <message>
        <source>Nobody of that name</source>
        <translation>没有人叫这个名字</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
    <message>
        <source>Nothing is hidden</source>
        <translation>没有隐藏任何内容</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>没有符合筛选条件的内容</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Photos are being read. The first ones show in a moment.</source>
        <translation>正在读取照片，稍后即可看到第一批。</translation>
    </message>
    <message>
        <source>This album is no more</source>
        <translation>此相册已不存在</translation>
    </message>
    <message>
        <source>This group is no more</source>
        <translation>此分组已不存在</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>Nothing is called “{word}”.</source>
        <translation>没有名为“{word}”的内容。</translation>
    </message>
    <message>
        <source>Recent search</source>
        <translation>最近搜索</translation>
    </message>
    <message>
        <source>USED LAST</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>person</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>recent search</source>
        <translation>最近搜索</translation>
    </message>
</context>
<context>
    <name>PaletteView</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
</context>
<context>
    <name>PeopleHeader</name>
    <message>
        <source>Filter by name</source>
        <translation>按姓名筛选</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Unnamed groups</source>
        <translation>未命名分组</translation>
    </message>
</context>
<context>
    <name>PeoplePages</name>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Why…</source>
        <translation>为什么(&amp;W)…</translation>
    </message>
    <message>
        <source>Re&amp;view</source>
        <translation>核对(&amp;V)</translation>
    </message>
</context>
<context>
    <name>PeopleVerbs</name>
    <message>
        <source>Choose faces on the page of a person or a group first.</source>
        <translation>请先在人物或分组页面上选择人脸。</translation>
    </message>
    <message>
        <source>Everybody there has a name, or seems to be somebody you know.</source>
        <translation>其中每个人都已有姓名，或看起来是你认识的人。</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Merge {name} into</source>
        <translation>将{name}合并到</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Move {faces} to</source>
        <translation>将 {faces}移动到</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>重命名{name}</translation>
    </message>
    <message>
        <source>Select the faces that are someone else, then choose “Split off”.</source>
        <translation>请选择属于别人的人脸，然后选择“拆分出来”。</translation>
    </message>
    <message>
        <source>These faces have no guessed name that could be confirmed.</source>
        <translation>这些人脸没有可供确认的推测姓名。</translation>
    </message>
    <message>
        <source>These faces have no name that could be taken off.</source>
        <translation>这些人脸没有可取消的姓名。</translation>
    </message>
    <message>
        <source>This is the whole group. Choose only the faces of someone else.</source>
        <translation>这是整个分组。请只选择属于别人的人脸。</translation>
    </message>
</context>
<context>
    <name>PerformancePage</name>
    <message>
        <source>A photo that takes more to open is listed as a problem; everything else goes on.</source>
        <translation>打开时占用更多内存的照片会列为问题，其余照片继续读取。</translation>
    </message>
    <message>
        <source>How many photos are read at a time, each by a process of its own.</source>
        <translation>同时读取多少张照片，每张由单独的进程处理。</translation>
    </message>
    <message>
        <source>Leave one processor free for other programs. Holds at once.</source>
        <translation>为其他程序留出一个处理器。立即生效。</translation>
    </message>
    <message>
        <source>Memory for one photo</source>
        <translation>单张照片的内存</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>性能</translation>
    </message>
    <message>
        <source>Processors used</source>
        <translation>使用的处理器</translation>
    </message>
    <message>
        <source>RAM limit</source>
        <translation>内存 上限</translation>
    </message>
    <message>
        <source>Read gently</source>
        <translation>低负荷读取</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>读取照片</translation>
    </message>
    <message>
        <source>all {n}</source>
        <translation>全部 {n} 个</translation>
    </message>
    <message>
        <source>cores threads workers speed</source>
        <translation>核心 线程 进程 速度</translation>
    </message>
</context>
<context>
    <name>PersonHeader</name>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Show the whole photos instead of the faces</source>
        <translation>显示整张照片而不是人脸</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>About this person</source>
        <translation>关于此人</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Choose a person to see more of her or him.</source>
        <translation>选择人物以查看更多信息。</translation>
    </message>
    <message>
        <source>Face {n}. Click to find every match.</source>
        <translation>人脸 {n}。点按以查找所有匹配。</translation>
    </message>
    <message>
        <source>If they are all the same person, make them one. It can be undone.</source>
        <translation>如果都是同一个人，可以合并为一个。此操作可以撤销。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>命名</translation>
    </message>
    <message>
        <source>Often with</source>
        <translation>常同框</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>They are one person</source>
        <translation>是同一个人</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>待核对</translation>
    </message>
    <message>
        <source>nobody yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>PhotoFacts</name>
    <message>
        <source>Camera</source>
        <translation>相机</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>拍摄时间</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Face {0} of {1}: {2}</source>
        <translation>第 {0} 张人脸，共 {1} 张：{2}</translation>
    </message>
    <message>
        <source>Find this face in all photos</source>
        <translation>在所有照片中查找此人脸</translation>
    </message>
    <message>
        <source>Find {0} in all photos</source>
        <translation>在所有照片中查找{0}</translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>PreferencesWindow</name>
    <message>
        <source>Apply Now</source>
        <translation>立即应用</translation>
    </message>
    <message>
        <source>Close the library and open it again; this takes a moment</source>
        <translation>关闭图库再重新打开，需要片刻</translation>
    </message>
    <message>
        <source>Nothing is called “{text}”.</source>
        <translation>没有名为“{text}”的内容。</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the preferences</source>
        <translation>搜索偏好设置</translation>
    </message>
    <message>
        <source>Search the preferences ({keys})</source>
        <translation>搜索偏好设置 ({keys})</translation>
    </message>
    <message>
        <source>Some changes apply from the next start.</source>
        <translation>部分更改将在下次启动时生效。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Backups of the database</source>
        <translation>数据库备份</translation>
    </message>
    <message>
        <source>Being counted…</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Database: faces, names, decisions</source>
        <translation>数据库：人脸、姓名、决定</translation>
    </message>
    <message>
        <source>Erase a name and every decision that names the person</source>
        <translation>清除某个姓名以及所有涉及此人的决定</translation>
    </message>
    <message>
        <source>Erase all faces, embeddings, groups and names</source>
        <translation>清除所有人脸、特征向量、分组和姓名</translation>
    </message>
    <message>
        <source>Faces, embeddings, groups, names, albums and thumbnails go for good. Photos are not touched.</source>
        <translation>人脸、特征向量、分组、姓名、相册和缩略图都将永久删除。照片不受影响。</translation>
    </message>
    <message>
        <source>Files for quick search</source>
        <translation>快速搜索文件</translation>
    </message>
    <message>
        <source>Forget Everything…</source>
        <translation>全部清除…</translation>
    </message>
    <message>
        <source>Forget a Person…</source>
        <translation>清除人物…</translation>
    </message>
    <message>
        <source>Forget a person</source>
        <translation>清除人物</translation>
    </message>
    <message>
        <source>Forget all faces and names of this library</source>
        <translation>清除此图库的所有人脸和姓名</translation>
    </message>
    <message>
        <source>Forgetting</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Models that you added</source>
        <translation>你添加的模型</translation>
    </message>
    <message>
        <source>Nothing leaves this computer: Faceapp has no code that opens a network connection. Everything it knows lies in the places below, beside your photos, never among them.</source>
        <translation>一切都留在这台电脑上：Faceapp 没有任何联网的代码。它所知道的一切都在下列位置，与你的照片分开存放，绝不混在其中。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show it in its folder</source>
        <translation>在所在文件夹中显示</translation>
    </message>
    <message>
        <source>The name goes for good, and all that was said of the person. The faces stay, without a name.</source>
        <translation>姓名以及关于此人的所有决定都将永久删除。人脸会保留，但没有姓名。</translation>
    </message>
    <message>
        <source>Thumbnails</source>
        <translation>缩略图</translation>
    </message>
    <message>
        <source>Where data lies</source>
        <translation>数据存放位置</translation>
    </message>
    <message>
        <source>Where data lies: {size} in all</source>
        <translation>数据存放位置：共 {size}</translation>
    </message>
    <message>
        <source>delete erase biometric face data</source>
        <translation>删除 清除 生物特征 人脸数据</translation>
    </message>
    <message>
        <source>delete erase name</source>
        <translation>删除 清除 姓名</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>暂无</translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>A file that cannot be read would be listed here, with the reason.</source>
        <translation>无法读取的文件会连同原因列在这里。</translation>
    </message>
    <message>
        <source>Every photo could be read</source>
        <translation>所有照片都可读取</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Photos that could not be read</source>
        <translation>无法读取的照片</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>These files stay as they are. One that changes is tried again by itself.</source>
        <translation>这些文件保持不变。文件有变化时会自动重试。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try all again</source>
        <translation>全部重试</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>QueryChip</name>
    <message>
        <source>Take Out of the Search</source>
        <translation>移出搜索</translation>
    </message>
    <message>
        <source>Take out of the search (Delete)</source>
        <translation>移出搜索 (Delete)</translation>
    </message>
    <message>
        <source>Take {name} out of the search</source>
        <translation>将{name}移出搜索</translation>
    </message>
    <message>
        <source>This face</source>
        <translation>此人脸</translation>
    </message>
    <message>
        <source>not</source>
        <translation>排除</translation>
    </message>
</context>
<context>
    <name>QuestionView</name>
    <message>
        <source>Double-click or press Enter to see the whole photo</source>
        <translation>连按或按 Enter 查看整张照片</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>回车键</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格键</translation>
    </message>
    <message>
        <source>The face in question</source>
        <translation>待核对的人脸</translation>
    </message>
</context>
<context>
    <name>Reading</name>
    <message>
        <source>({percent}) Faceapp</source>
        <translation>（{percent}）Faceapp</translation>
    </message>
    <message>
        <source>Add a photo folder</source>
        <translation>添加照片文件夹</translation>
    </message>
    <message>
        <source>Look for New Photos</source>
        <translation>查找新照片</translation>
    </message>
    <message>
        <source>Show Problems</source>
        <translation>显示问题</translation>
    </message>
    <message>
        <source>There are no photos in that folder. Add one that holds pictures, JPEG or PNG for example.</source>
        <translation>该文件夹中没有照片。请添加含有图片（例如 JPEG 或 PNG）的文件夹。</translation>
    </message>
</context>
<context>
    <name>ReadingDetails</name>
    <message>
        <source>Could not be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Details of reading</source>
        <translation>读取详情</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Faces found</source>
        <translation>找到的人脸</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Photos read</source>
        <translation>已读取的照片</translation>
    </message>
    <message>
        <source>READ LAST</source>
        <translation>最近读取</translation>
    </message>
    <message>
        <source>Time so far</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>未变化</translation>
    </message>
    <message numerus="yes">
        <source>and {n} more folder</source>
        <translation><numerusform>以及另外 {n} 个文件夹</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and {n} more folders</source>
        <translation><numerusform>以及另外 {n} 个文件夹</numerusform></translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>up to date</source>
        <translation>已是最新</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分钟</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
</context>
<context>
    <name>ResultList</name>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Questions answered</source>
        <translation>已回答的问题</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>See why this is asked</source>
        <translation>查看为何询问</translation>
    </message>
    <message>
        <source>Stop any time · Esc</source>
        <translation>随时停止 · Esc</translation>
    </message>
    <message>
        <source>Stop the review</source>
        <translation>停止核对</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take the last answer back (Backspace or Ctrl+Z)</source>
        <translation>收回上一个回答（Backspace 或 Ctrl+Z）</translation>
    </message>
    <message>
        <source>What was answered stays</source>
        <translation>已回答的会保留</translation>
    </message>
    <message>
        <source>Why…</source>
        <translation>为什么…</translation>
    </message>
</context>
<context>
    <name>Reviewing</name>
    <message>
        <source>No question could be found</source>
        <translation>没有找到问题</translation>
    </message>
</context>
<context>
    <name>Sampling</name>
    <message>
        <source>Remove Them</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>The sample photos are gone</source>
        <translation>示例照片已移除</translation>
    </message>
    <message>
        <source>The sample photos cannot be written to {folder} ({error}). Use a photo folder instead.</source>
        <translation>无法将示例照片写入 {folder}（{error}）。请改用你的照片文件夹。</translation>
    </message>
    <message>
        <source>These are sample photos, to try Faceapp with.</source>
        <translation>这些是用来试用 Faceapp 的示例照片。</translation>
    </message>
</context>
<context>
    <name>ScoreSlider</name>
    <message>
        <source>Drag to the right to be stricter, to the left for more matches (arrow keys: 0.01; Ctrl+Shift+arrow: to the next mark)</source>
        <translation>向右拖移更严格，向左拖移匹配更多（箭头键：0.01；Ctrl+Shift+箭头键：到下一个刻度）</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>{mark}, {score}: {meaning}</source>
        <translation>{mark}，{score}：{meaning}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search people, dates, folders and albums</source>
        <translation>搜索人物、日期、文件夹和相册</translation>
    </message>
    <message>
        <source>Search people, dates, folders or drop a picture</source>
        <translation>搜索人物、日期、文件夹，或拖入图片</translation>
    </message>
    <message>
        <source>Several words go together, such as a name and a year ({key})</source>
        <translation>可以组合多个词，例如姓名加年份 ({key})</translation>
    </message>
</context>
<context>
    <name>Searching</name>
    <message>
        <source>Click the face to add: here, on another page, or in the panel. Esc takes it back.</source>
        <translation>点按要添加的人脸：可在此页、其他页面或面板中。按 Esc 取消。</translation>
    </message>
    <message>
        <source>This face</source>
        <translation>此人脸</translation>
    </message>
    <message>
        <source>This face is being read again. Try it in a moment.</source>
        <translation>正在重新读取此人脸，请稍后再试。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Something went wrong inside Faceapp ({error}). Your photos and names are safe.</source>
        <translation>Faceapp 内部出错了（{error}）。你的照片和姓名都安然无恙。</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>ALBUMS</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>FOLDERS</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>人脸</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>图库</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人物</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>核对</translation>
    </message>
    <message>
        <source>Unnamed groups</source>
        <translation>未命名分组</translation>
    </message>
</context>
<context>
    <name>SizeSlider</name>
    <message>
        <source>Size of the tiles</source>
        <translation>缩略图大小</translation>
    </message>
    <message>
        <source>Size of the tiles (Ctrl++ and Ctrl+-, Ctrl+wheel)</source>
        <translation>缩略图大小（Ctrl++ 和 Ctrl+-，Ctrl+滚轮）</translation>
    </message>
    <message>
        <source>{n} pixels</source>
        <translation>{n} 像素</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Everything stays on this computer</source>
        <translation>一切都留在这台电脑上</translation>
    </message>
    <message>
        <source>Everything stays on this computer: Faceapp uses no network at all</source>
        <translation>一切都留在这台电脑上：Faceapp 完全不使用网络</translation>
    </message>
    <message>
        <source>Faceapp uses no network at all</source>
        <translation>Faceapp 完全不使用网络</translation>
    </message>
    <message>
        <source>Folders, faces and files that are being read (Ctrl+Shift+I)</source>
        <translation>正在读取的文件夹、人脸和文件 (Ctrl+Shift+I)</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>低负荷</translation>
    </message>
    <message>
        <source>Go on reading (Ctrl+P)</source>
        <translation>继续读取 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Leave one processor free for other programs (Ctrl+Shift+P)</source>
        <translation>为其他程序留出一个处理器 (Ctrl+Shift+P)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Photos read</source>
        <translation>已读取的照片</translation>
    </message>
    <message>
        <source>Photos that could not be read, and why</source>
        <translation>无法读取的照片及原因</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Show problems</source>
        <translation>显示问题</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop reading; what has been read is kept (Ctrl+.)</source>
        <translation>停止读取；已读取的会保留 (Ctrl+.)</translation>
    </message>
    <message>
        <source>Wait; go on whenever you like (Ctrl+P)</source>
        <translation>暂停；可随时继续 (Ctrl+P)</translation>
    </message>
    <message>
        <source>What is running</source>
        <translation>正在进行的工作</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Suggestions</source>
        <translation>建议</translation>
    </message>
</context>
<context>
    <name>TakingOut</name>
    <message>
        <source>&amp;Copy</source>
        <translation>拷贝(&amp;C)</translation>
    </message>
    <message>
        <source>At most {n} photos can be taken out at once</source>
        <translation>一次最多取出 {n} 张照片</translation>
    </message>
    <message>
        <source>Copied: {what}</source>
        <translation>已拷贝：{what}</translation>
    </message>
    <message>
        <source>Copy Pat&amp;h</source>
        <translation>拷贝路径(&amp;H)</translation>
    </message>
</context>
<context>
    <name>ThresholdsPage</name>
    <message>
        <source>How sure it must be before a face is shown on the pages. Searches look at all that are kept.</source>
        <translation>达到多大把握才在页面上显示人脸。搜索会查看所有保留的人脸。</translation>
    </message>
    <message>
        <source>How sure it must be that something is a face before it is kept. Less finds faint, small and half-hidden faces, and more that are none. Holds for photos that are read from then on.</source>
        <translation>达到多大把握才将其作为人脸保留。数值较低时能找到模糊、细小和半遮挡的人脸，但误判也更多。对此后读取的照片生效。</translation>
    </message>
    <message>
        <source>Keep faces from</source>
        <translation>保留人脸的最低分数</translation>
    </message>
    <message>
        <source>Searches begin</source>
        <translation>搜索起始位置</translation>
    </message>
    <message>
        <source>Show faces from</source>
        <translation>显示人脸的最低分数</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>What counts as a face</source>
        <translation>什么算作人脸</translation>
    </message>
    <message>
        <source>Who counts as the same person</source>
        <translation>怎样算同一个人</translation>
    </message>
    <message>
        <source>detector score</source>
        <translation>检测分数</translation>
    </message>
    <message>
        <source>detector score sensitivity</source>
        <translation>检测 分数 灵敏度</translation>
    </message>
    <message>
        <source>match</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>where you left them</source>
        <translation>上次停下的位置</translation>
    </message>
</context>
<context>
    <name>TileGrid</name>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Just below the line</source>
        <translation>略低于阈值线</translation>
    </message>
    <message numerus="yes">
        <source>next %n</source>
        <translation><numerusform>接下来 %n 张</numerusform></translation>
    </message>
</context>
<context>
    <name>TileModel</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Unnamed face</source>
        <translation>未命名的人脸</translation>
    </message>
    <message>
        <source>{0}, score {1}</source>
        <translation>{0}，分数 {1}</translation>
    </message>
    <message>
        <source>{0}, score {1}, below the line</source>
        <translation>{0}，分数 {1}，低于阈值线</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Faces a year</source>
        <translation>每年的人脸</translation>
    </message>
</context>
<context>
    <name>TitleEdit</name>
    <message>
        <source>Click to change the name</source>
        <translation>点按以更改姓名</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Choose a folder with photos ({key})</source>
        <translation>选择照片文件夹 ({key})</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Find the people of a picture from anywhere ({key})</source>
        <translation>查找任意图片中的人物 ({key})</translation>
    </message>
    <message>
        <source>Open picture…</source>
        <translation>打开图片…</translation>
    </message>
    <message>
        <source>Show only some photos or faces ({key})</source>
        <translation>只显示部分照片或人脸 ({key})</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open Faceapp</source>
        <translation>打开 Faceapp</translation>
    </message>
    <message>
        <source>Pause Reading</source>
        <translation>暂停读取</translation>
    </message>
    <message>
        <source>Stop Reading and Quit</source>
        <translation>停止读取并退出</translation>
    </message>
</context>
<context>
    <name>TypeAhead</name>
    <message>
        <source>Nothing here begins with “{text}”</source>
        <translation>这里没有以“{text}”开头的内容</translation>
    </message>
</context>
<context>
    <name>Upkeeping</name>
    <message>
        <source>Being copied…</source>
        <translation>正在拷贝…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Put back a copy of the library</source>
        <translation>恢复图库的副本</translation>
    </message>
    <message>
        <source>Put this backup back?</source>
        <translation>要恢复此备份吗？</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove {folder}?</source>
        <translation>要移除 {folder} 吗？</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Save a copy of the library</source>
        <translation>存储图库的副本</translation>
    </message>
    <message>
        <source>The library is being opened anew…</source>
        <translation>正在重新打开图库…</translation>
    </message>
</context>
<context>
    <name>ViewButton</name>
    <message>
        <source>Best first</source>
        <translation>最匹配的在前</translation>
    </message>
    <message>
        <source>By month</source>
        <translation>按月</translation>
    </message>
    <message>
        <source>By person</source>
        <translation>按人物</translation>
    </message>
    <message>
        <source>Every face</source>
        <translation>每张人脸</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>Not parted</source>
        <translation>不分段</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最早的在前</translation>
    </message>
    <message>
        <source>One face a photo</source>
        <translation>每张照片一张人脸</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Order of the matches</source>
        <translation>匹配的排序</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>分段</translation>
    </message>
    <message>
        <source>Photos · {order}</source>
        <translation>照片 · {order}</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>What is shown of a photo</source>
        <translation>每张照片显示什么</translation>
    </message>
    <message>
        <source>What the matches are parted by</source>
        <translation>匹配按什么分段</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Photo viewer</source>
        <translation>照片查看器</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>第 {0} 张，共 {1} 张</translation>
    </message>
</context>
<context>
    <name>ViewerActions</name>
    <message>
        <source>Close the Viewer</source>
        <translation>关闭查看器</translation>
    </message>
    <message>
        <source>Draw a Missed Face</source>
        <translation>框选遗漏的人脸</translation>
    </message>
    <message>
        <source>Filmstrip</source>
        <translation>胶片条</translation>
    </message>
    <message>
        <source>First Photo</source>
        <translation>第一张照片</translation>
    </message>
    <message>
        <source>Fit in the Window</source>
        <translation>适合窗口大小</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>全屏幕</translation>
    </message>
    <message>
        <source>Full Size</source>
        <translation>实际大小</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Last Photo</source>
        <translation>最后一张照片</translation>
    </message>
    <message>
        <source>Name a Face…</source>
        <translation>命名人脸…</translation>
    </message>
    <message>
        <source>Next Photo</source>
        <translation>下一张照片</translation>
    </message>
    <message>
        <source>Previous Photo</source>
        <translation>上一张照片</translation>
    </message>
    <message>
        <source>Show Faces</source>
        <translation>显示人脸</translation>
    </message>
    <message>
        <source>Show the Keys</source>
        <translation>显示按键说明</translation>
    </message>
    <message>
        <source>Slideshow</source>
        <translation>幻灯片放映</translation>
    </message>
    <message>
        <source>Turn Left</source>
        <translation>向左旋转</translation>
    </message>
    <message>
        <source>Turn Right</source>
        <translation>向右旋转</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>缩小</translation>
    </message>
</context>
<context>
    <name>ViewerFoot</name>
    <message>
        <source>Esc close  ·  ←/→ other photos  ·  Space slideshow  ·  F full screen  ·  N name  ·  Tab faces  ·  B draw a missed face  ·  + − 0 1 zoom  ·  Shift+arrows move  ·  R turn  ·  K hide these words</source>
        <translation>Esc 关闭  ·  ←/→ 切换照片  ·  空格键 放映  ·  F 全屏幕  ·  N 命名  ·  Tab 人脸  ·  B 框选遗漏的人脸  ·  + − 0 1 缩放  ·  Shift+箭头键 移动  ·  R 旋转  ·  K 隐藏说明</translation>
    </message>
</context>
<context>
    <name>ViewerMenu</name>
    <message>
        <source>Pace of the Slideshow</source>
        <translation>幻灯片放映速度</translation>
    </message>
    <message>
        <source>{n} seconds a photo</source>
        <translation>每张 {n} 秒</translation>
    </message>
</context>
<context>
    <name>ViewerPanel</name>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>&amp;Find This Face</source>
        <translation>查找此人脸(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open in the Viewer</source>
        <translation>在查看器中打开(&amp;O)</translation>
    </message>
    <message>
        <source>A&amp;dd This Face to the Search</source>
        <translation>将此人脸加入搜索(&amp;D)</translation>
    </message>
    <message>
        <source>Sho&amp;w in Folder</source>
        <translation>在文件夹中显示(&amp;W)</translation>
    </message>
</context>
<context>
    <name>WhyPanel</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Nothing of this face yet</source>
        <translation>此人脸还没有资料</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>质量</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>其次</translation>
    </message>
    <message>
        <source>The other: {quality}</source>
        <translation>另一张：{quality}</translation>
    </message>
    <message>
        <source>The reason could not be found</source>
        <translation>没有找到原因</translation>
    </message>
    <message>
        <source>This face</source>
        <translation>此人脸</translation>
    </message>
    <message>
        <source>This face: {quality}</source>
        <translation>此人脸：{quality}</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>你曾说</translation>
    </message>
</context>
<context>
    <name>_Header</name>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>Arrow keys and Enter choose, Esc closes</source>
        <translation>用箭头键和 Enter 选择，按 Esc 关闭</translation>
    </message>
    <message>
        <source>Command palette: type an action, a person, a folder or an album</source>
        <translation>命令面板：输入操作、人物、文件夹或相册</translation>
    </message>
    <message>
        <source>Type an action, a person, a folder or an album</source>
        <translation>输入操作、人物、文件夹或相册</translation>
    </message>
</context>
<context>
    <name>albums</name>
    <message>
        <source>Album</source>
        <translation>相册</translation>
    </message>
    <message>
        <source>without {names}</source>
        <translation>没有{names}</translation>
    </message>
    <message>
        <source>{a} and {b}</source>
        <translation>{a}和{b}</translation>
    </message>
    <message>
        <source>{a} or {b}</source>
        <translation>{a}或{b}</translation>
    </message>
</context>
<context>
    <name>dates</name>
    <message>
        <source>autumn</source>
        <translation>秋天</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>上周</translation>
    </message>
    <message>
        <source>last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>spring</source>
        <translation>春天</translation>
    </message>
    <message>
        <source>summer</source>
        <translation>夏天</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>这个月</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>winter</source>
        <translation>冬天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{season} {year}</source>
        <translation>{year}年{season}</translation>
    </message>
</context>
<context>
    <name>filter</name>
    <message>
        <source>A folder that is gone</source>
        <translation>已不存在的文件夹</translation>
    </message>
    <message>
        <source>Somebody who is gone</source>
        <translation>已不存在的人物</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>clear faces only</source>
        <translation>仅清晰的人脸</translation>
    </message>
    <message>
        <source>faces {x}</source>
        <translation>人脸{x}</translation>
    </message>
    <message>
        <source>in the folder {x}</source>
        <translation>位于文件夹 {x}</translation>
    </message>
    <message>
        <source>showing {x}</source>
        <translation>有{x}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>{day}起</translation>
    </message>
    <message>
        <source>taken {x}</source>
        <translation>拍摄于{x}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>截至{day}</translation>
    </message>
    <message>
        <source>with a name</source>
        <translation>已命名</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first}至{last}</translation>
    </message>
    <message>
        <source>{n} px and larger</source>
        <translation>{n} 像素及以上</translation>
    </message>
</context>
<context>
    <name>finding</name>
    <message>
        <source>Nothing is called “{word}”.</source>
        <translation>没有名为“{word}”的内容。</translation>
    </message>
    <message>
        <source>and at from in of on or photos the with</source>
        <translation>和 与 在 的 从 或 照片</translation>
    </message>
    <message>
        <source>{a} or {b}</source>
        <translation>{a}或{b}</translation>
    </message>
</context>
<context>
    <name>judging</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Best threshold</source>
        <translation>最佳阈值</translation>
    </message>
    <message>
        <source>Equal error rate</source>
        <translation>等错误率</translation>
    </message>
    <message>
        <source>False: the share of the pairs of two people that are taken for one. In brackets: where the true share lies with 95 % confidence.</source>
        <translation>误认：两个人被当作同一个人的配对比例。括号内：以 95% 置信度估计的真实比例范围。</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>配对</translation>
    </message>
    <message>
        <source>Recognised at {share} false</source>
        <translation>误认率 {share} 时的识别率</translation>
    </message>
    <message>
        <source>too few pairs to say</source>
        <translation>配对太少，无法得出</translation>
    </message>
    <message>
        <source>{n} pairs have a picture without a face; they count as pairs of two people.</source>
        <translation>{n} 对中有图片没有人脸，按两个人计算。</translation>
    </message>
    <message>
        <source>{same} of one person, {other} of two people, from {pictures} pictures</source>
        <translation>同一个人 {same} 对，两个人 {other} 对，来自 {pictures} 张图片</translation>
    </message>
    <message>
        <source>{share} ({low} to {high}), threshold {threshold}</source>
        <translation>{share}（{low} 至 {high}），阈值 {threshold}</translation>
    </message>
    <message>
        <source>{share} ± {error}, in {n} folds</source>
        <translation>{share} ± {error}，{n} 折</translation>
    </message>
    <message>
        <source>{threshold}, where {share} are judged rightly</source>
        <translation>{threshold}，此时判断正确率为 {share}</translation>
    </message>
</context>
<context>
    <name>people</name>
    <message>
        <source>&amp;Hide As</source>
        <translation>隐藏为(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Merge Into…</source>
        <translation>合并到(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Move to…</source>
        <translation>移动到(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>命名(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Not a Face</source>
        <translation>不是人脸(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>重命名(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Yes, This Is {name}</source>
        <translation>是的，这是{name}(&amp;Y)</translation>
    </message>
    <message>
        <source>A &amp;Stranger</source>
        <translation>陌生人(&amp;S)</translation>
    </message>
    <message>
        <source>A S&amp;tatue, Poster or Painting</source>
        <translation>雕像、海报或画像(&amp;T)</translation>
    </message>
    <message>
        <source>Date of &amp;Birth…</source>
        <translation>出生日期(&amp;B)…</translation>
    </message>
    <message>
        <source>Group without a name</source>
        <translation>未命名的分组</translation>
    </message>
    <message>
        <source>Hide Everybody Without a Name in &amp;These Photos</source>
        <translation>隐藏这些照片中所有未命名的人(&amp;T)</translation>
    </message>
    <message>
        <source>Least alike first</source>
        <translation>最不像的在前</translation>
    </message>
    <message>
        <source>Make &amp;Cover</source>
        <translation>设为封面(&amp;C)</translation>
    </message>
    <message>
        <source>Most photos</source>
        <translation>照片最多</translation>
    </message>
    <message>
        <source>Most typical first</source>
        <translation>最典型的在前</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>New person “{name}”</source>
        <translation>新人物“{name}”</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新的在前</translation>
    </message>
    <message>
        <source>No face found</source>
        <translation>没有找到人脸</translation>
    </message>
    <message>
        <source>No&amp;t {name}</source>
        <translation>不是{name}(&amp;T)</translation>
    </message>
    <message>
        <source>Not a face</source>
        <translation>不是人脸</translation>
    </message>
    <message>
        <source>Not {name}</source>
        <translation>不是{name}</translation>
    </message>
    <message numerus="yes">
        <source>Not {name}, nor {n} other</source>
        <translation><numerusform>不是{name}，也不是另外 {n} 人</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Not {name}, nor {n} others</source>
        <translation><numerusform>不是{name}，也不是另外 {n} 人</numerusform></translation>
    </message>
    <message>
        <source>Recently seen</source>
        <translation>最近出现</translation>
    </message>
    <message numerus="yes">
        <source>Review {n} face</source>
        <translation><numerusform>核对 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Review {n} faces</source>
        <translation><numerusform>核对 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>S&amp;plit Off</source>
        <translation>拆分出来(&amp;P)</translation>
    </message>
    <message>
        <source>Show &amp;Again</source>
        <translation>恢复显示(&amp;A)</translation>
    </message>
    <message numerus="yes">
        <source>Split off {n} face</source>
        <translation><numerusform>拆分出 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Split off {n} faces</source>
        <translation><numerusform>拆分出 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>Statue or picture</source>
        <translation>雕像或画像</translation>
    </message>
    <message>
        <source>Stranger</source>
        <translation>陌生人</translation>
    </message>
    <message>
        <source>T&amp;hese Are One Person</source>
        <translation>这些是同一个人(&amp;H)</translation>
    </message>
    <message>
        <source>These Are Two P&amp;eople</source>
        <translation>这是两个人(&amp;E)</translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>这是谁？</translation>
    </message>
    <message>
        <source>You said this is not {names}</source>
        <translation>你说过这不是{names}</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>named automatically</source>
        <translation>自动命名</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>{name}?</source>
        <translation>{name}？</translation>
    </message>
    <message numerus="yes">
        <source>{n} group</source>
        <translation><numerusform>{n} 个分组</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} group to name</source>
        <translation><numerusform>{n} 个分组待命名</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} groups</source>
        <translation><numerusform>{n} 个分组</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} groups to name</source>
        <translation><numerusform>{n} 个分组待命名</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} named</source>
        <translation><numerusform>{n} 人已命名</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} named automatically</source>
        <translation><numerusform>{n} 张自动命名</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} unnamed</source>
        <translation><numerusform>{n} 人未命名</numerusform></translation>
    </message>
</context>
<context>
    <name>upkeep</name>
    <message>
        <source>All faces and names are forgotten</source>
        <translation>已清除所有人脸和姓名</translation>
    </message>
    <message>
        <source>All faces, embeddings, groups, names, albums and thumbnails of this library go for good; photos are not touched. Folders that stay in the library are read again at the next start, and faces in them found anew.</source>
        <translation>此图库的所有人脸、特征向量、分组、姓名、相册和缩略图都将永久删除；照片不受影响。留在图库中的文件夹会在下次启动时重新读取，并重新查找其中的人脸。</translation>
    </message>
    <message>
        <source>The faces stay, without a name, and may be asked about again.</source>
        <translation>人脸会保留，但没有姓名，以后可能再次询问。</translation>
    </message>
    <message>
        <source>The library is as it was on {date}</source>
        <translation>图库已恢复到 {date} 的状态</translation>
    </message>
    <message>
        <source>The library is kept in {file} ({size})</source>
        <translation>图库已保存到 {file}（{size}）</translation>
    </message>
    <message>
        <source>The library will be as it was on {date}. What you decided since then goes; a backup of how it is now is made first.</source>
        <translation>图库将恢复到 {date} 的状态。此后所作的决定会丢失；恢复前会先备份当前状态。</translation>
    </message>
    <message>
        <source>The name goes from {faces}, and {decisions} with it. This cannot be undone.</source>
        <translation>{faces}的姓名将被取消，{decisions}也会一并删除。此操作无法撤销。</translation>
    </message>
    <message>
        <source>The photos stay where they are. What was found in them is forgotten; names and everything else that you decided are kept, and come back if you add the folder again.</source>
        <translation>照片保持在原处。从中找到的内容会被清除；姓名和你作出的其他决定会保留，重新添加该文件夹即可恢复。</translation>
    </message>
    <message>
        <source>These albums go as well: {albums}.</source>
        <translation>以下相册也会一并删除：{albums}。</translation>
    </message>
    <message>
        <source>being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>cannot be reached now</source>
        <translation>目前无法访问</translation>
    </message>
    <message>
        <source>{folder} is not in the library any more ({photos})</source>
        <translation>{folder} 已移出图库（{photos}）</translation>
    </message>
    <message>
        <source>{name} is forgotten</source>
        <translation>已清除{name}</translation>
    </message>
    <message numerus="yes">
        <source>{n} backup may still hold the name.</source>
        <translation><numerusform>{n} 个备份中可能仍有此姓名。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} backups may still hold the name.</source>
        <translation><numerusform>{n} 个备份中可能仍有此姓名。</numerusform></translation>
    </message>
    <message>
        <source>{n} could not be read</source>
        <translation>{n} 张无法读取</translation>
    </message>
    <message numerus="yes">
        <source>{n} decision</source>
        <translation><numerusform>{n} 个决定</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} decisions</source>
        <translation><numerusform>{n} 个决定</numerusform></translation>
    </message>
    <message>
        <source>{n} not read yet</source>
        <translation>{n} 张尚未读取</translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n} 像素</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>&amp;Look for This Person</source>
        <translation>查找此人(&amp;L)</translation>
    </message>
    <message>
        <source>A face of {name}: {score}</source>
        <translation>{name}的一张人脸：{score}</translation>
    </message>
    <message>
        <source>A stranger, hide</source>
        <translation>陌生人，隐藏</translation>
    </message>
    <message>
        <source>Adds to {name}, {faces}</source>
        <translation>加入{name}，{faces}</translation>
    </message>
    <message>
        <source>Another group, {faces}</source>
        <translation>另一个分组，{faces}</translation>
    </message>
    <message>
        <source>Are these one person?</source>
        <translation>这些是同一个人吗？</translation>
    </message>
    <message>
        <source>Are these {name}?</source>
        <translation>这些是{name}吗？</translation>
    </message>
    <message>
        <source>Are {name} and {other} one person?</source>
        <translation>{name}和{other}是同一个人吗？</translation>
    </message>
    <message>
        <source>Birth date of {name}</source>
        <translation>{name}的出生日期</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>Choose at least one face to look for</source>
        <translation>请至少选择一张要查找的人脸</translation>
    </message>
    <message>
        <source>Cover picture of {name}</source>
        <translation>{name}的封面图片</translation>
    </message>
    <message>
        <source>Done again: {step}</source>
        <translation>已重做：{step}</translation>
    </message>
    <message>
        <source>Drag the line to the left.</source>
        <translation>请将阈值线向左拖移。</translation>
    </message>
    <message>
        <source>Drawing of a face</source>
        <translation>框选人脸</translation>
    </message>
    <message>
        <source>First matches…</source>
        <translation>最先找到的匹配…</translation>
    </message>
    <message>
        <source>Give this name</source>
        <translation>使用此姓名</translation>
    </message>
    <message numerus="yes">
        <source>Hiding of {n} face</source>
        <translation><numerusform>隐藏 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Hiding of {n} faces</source>
        <translation><numerusform>隐藏 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>How likely it is cannot be said yet.</source>
        <translation>目前还无法判断可能性有多大。</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Is this {name}?</source>
        <translation>这是{name}吗？</translation>
    </message>
    <message>
        <source>It has no name; compared with {name}</source>
        <translation>没有姓名；与{name}比较</translation>
    </message>
    <message numerus="yes">
        <source>Just below the line ({n})</source>
        <translation><numerusform>略低于阈值线（{n}）</numerusform></translation>
    </message>
    <message>
        <source>Just read</source>
        <translation>刚刚读取</translation>
    </message>
    <message>
        <source>Keeping of the album “{name}”</source>
        <translation>保存相册“{name}”</translation>
    </message>
    <message>
        <source>Leave This &amp;Person Out</source>
        <translation>排除此人(&amp;P)</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>正在查找照片…</translation>
    </message>
    <message>
        <source>Looking for what is worth asking…</source>
        <translation>正在查找值得询问的问题…</translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation>yyyy年M月</translation>
    </message>
    <message>
        <source>Merge of {people}, {faces}</source>
        <translation>合并 {people}，{faces}</translation>
    </message>
    <message>
        <source>More alike than {share} of {name}’s own faces</source>
        <translation>相似度高于{name}自己 {share} 的人脸</translation>
    </message>
    <message numerus="yes">
        <source>Move of {n} face</source>
        <translation><numerusform>移动 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Move of {n} faces</source>
        <translation><numerusform>移动 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Name these {n}…</source>
        <translation><numerusform>命名这 {n} 张…</numerusform></translation>
    </message>
    <message>
        <source>Name this face…</source>
        <translation>命名此人脸…</translation>
    </message>
    <message numerus="yes">
        <source>Name {n} selected…</source>
        <translation><numerusform>命名所选的 {n} 张…</numerusform></translation>
    </message>
    <message>
        <source>Name…</source>
        <translation>命名…</translation>
    </message>
    <message numerus="yes">
        <source>Naming of {n} face</source>
        <translation><numerusform>命名 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Naming of {n} faces</source>
        <translation><numerusform>命名 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>New person</source>
        <translation>新人物</translation>
    </message>
    <message>
        <source>New questions come with new photos, and with the names that you give.</source>
        <translation>有了新照片或新姓名，就会有新的问题。</translation>
    </message>
    <message>
        <source>No face is prepared for it yet</source>
        <translation>还没有为它准备任何人脸</translation>
    </message>
    <message>
        <source>No match at this threshold.</source>
        <translation>此阈值下没有匹配。</translation>
    </message>
    <message>
        <source>No, somebody else</source>
        <translation>不，是别人</translation>
    </message>
    <message>
        <source>Nobody else comes near</source>
        <translation>没有其他人接近</translation>
    </message>
    <message>
        <source>Nobody has named this face, and it is like nobody who has a name.</source>
        <translation>此人脸还没有命名，也不像任何已命名的人。</translation>
    </message>
    <message>
        <source>Nobody here looks like that.</source>
        <translation>这里没有长得像的人。</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>尚未命名</translation>
    </message>
    <message>
        <source>Not prepared</source>
        <translation>未准备</translation>
    </message>
    <message>
        <source>Not sure, skip</source>
        <translation>不确定，跳过</translation>
    </message>
    <message>
        <source>Nothing more to ask</source>
        <translation>没有更多问题</translation>
    </message>
    <message>
        <source>Nothing to ask</source>
        <translation>没有问题</translation>
    </message>
    <message>
        <source>One group, {faces}</source>
        <translation>一个分组，{faces}</translation>
    </message>
    <message>
        <source>Photos that show {name} are left out. Click to switch this face off (Space).</source>
        <translation>已排除有{name}的照片。点按以停用此人脸（空格键）。</translation>
    </message>
    <message>
        <source>Reading photos</source>
        <translation>读取照片</translation>
    </message>
    <message>
        <source>Reading {folder}</source>
        <translation>正在读取 {folder}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可以使用</translation>
    </message>
    <message>
        <source>Redo {step}</source>
        <translation>重做{step}</translation>
    </message>
    <message>
        <source>Removal of the album “{name}”</source>
        <translation>移除相册“{name}”</translation>
    </message>
    <message>
        <source>Renaming of {old} to {new}</source>
        <translation>将{old}重命名为{new}</translation>
    </message>
    <message>
        <source>Same person</source>
        <translation>同一个人</translation>
    </message>
    <message numerus="yes">
        <source>Showing of {n} hidden face</source>
        <translation><numerusform>恢复显示 {n} 张隐藏的人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Showing of {n} hidden faces</source>
        <translation><numerusform>恢复显示 {n} 张隐藏的人脸</numerusform></translation>
    </message>
    <message>
        <source>Something else was changed after this answer, so it was not taken back. The history shows what; undo it there.</source>
        <translation>此回答之后又有其他更改，因此没有收回。请在历史记录中查看并撤销。</translation>
    </message>
    <message numerus="yes">
        <source>Split of {n} face</source>
        <translation><numerusform>拆分 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Split of {n} faces</source>
        <translation><numerusform>拆分 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>Strangers, hide</source>
        <translation>陌生人，隐藏</translation>
    </message>
    <message>
        <source>Switch &amp;Off</source>
        <translation>停用(&amp;O)</translation>
    </message>
    <message numerus="yes">
        <source>Take back {n} answer</source>
        <translation><numerusform>收回 {n} 个回答</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Take back {n} answers</source>
        <translation><numerusform>收回 {n} 个回答</numerusform></translation>
    </message>
    <message>
        <source>The answer to “{question}” was not kept: {why}</source>
        <translation>对“{question}”的回答没有保存：{why}</translation>
    </message>
    <message>
        <source>The drive of this photo is not connected.</source>
        <translation>此照片所在的磁盘未连接。</translation>
    </message>
    <message>
        <source>The face looked for</source>
        <translation>要查找的人脸</translation>
    </message>
    <message>
        <source>The library is being loaded…</source>
        <translation>正在载入图库…</translation>
    </message>
    <message>
        <source>The most alike face</source>
        <translation>最相似的人脸</translation>
    </message>
    <message>
        <source>This photo is not in the library any more.</source>
        <translation>此照片已不在图库中。</translation>
    </message>
    <message numerus="yes">
        <source>Trying {n} photo again…</source>
        <translation><numerusform>正在重试 {n} 张照片…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Trying {n} photos again…</source>
        <translation><numerusform>正在重试 {n} 张照片…</numerusform></translation>
    </message>
    <message>
        <source>Two people</source>
        <translation>两个人</translation>
    </message>
    <message>
        <source>Type a name: a new one, or one you have used before</source>
        <translation>输入姓名：新的或以前用过的</translation>
    </message>
    <message>
        <source>Undo {step}</source>
        <translation>撤销{step}</translation>
    </message>
    <message>
        <source>Undone: {step}</source>
        <translation>已撤销：{step}</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>未命名</translation>
    </message>
    <message numerus="yes">
        <source>Unnaming of {n} face</source>
        <translation><numerusform>取消 {n} 张人脸的姓名</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Unnaming of {n} faces</source>
        <translation><numerusform>取消 {n} 张人脸的姓名</numerusform></translation>
    </message>
    <message>
        <source>Who is this?</source>
        <translation>这是谁？</translation>
    </message>
    <message>
        <source>Why this face?</source>
        <translation>为什么是此人脸？</translation>
    </message>
    <message>
        <source>Why {name}?</source>
        <translation>为什么是{name}？</translation>
    </message>
    <message>
        <source>Yes, all of them</source>
        <translation>是，都是</translation>
    </message>
    <message>
        <source>Yes, same person</source>
        <translation>是，同一个人</translation>
    </message>
    <message>
        <source>You said so.</source>
        <translation>这是你说的。</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>还剩几秒</translation>
    </message>
    <message>
        <source>a little soft</source>
        <translation>稍欠清晰</translation>
    </message>
    <message>
        <source>about 1 in 100 shown is someone else</source>
        <translation>显示的约每 100 张中有 1 张是别人</translation>
    </message>
    <message>
        <source>about {h} h {m} min left</source>
        <translation>约剩 {h} 小时 {m} 分钟</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>约剩 {n} 小时</translation>
    </message>
    <message numerus="yes">
        <source>about {n} in 100 faces of this person are left out</source>
        <translation><numerusform>此人的人脸约每 100 张遗漏 {n} 张</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about {n} in 100 left out</source>
        <translation><numerusform>约每 100 张遗漏 {n} 张</numerusform></translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>约剩 {n} 分钟</translation>
    </message>
    <message numerus="yes">
        <source>about {n} of them are someone else</source>
        <translation><numerusform>其中约 {n} 张是别人</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>about {n} of them is someone else</source>
        <translation><numerusform>其中约 {n} 张是别人</numerusform></translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation>约剩 {n} 秒</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>cautious</source>
        <translation>谨慎</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>清楚</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>from {old} to {new}</source>
        <translation>从{old}改为{new}</translation>
    </message>
    <message>
        <source>hardly any face of this person is left out</source>
        <translation>此人的人脸几乎没有遗漏</translation>
    </message>
    <message>
        <source>hardly any left out</source>
        <translation>几乎没有遗漏</translation>
    </message>
    <message>
        <source>hardly anyone else among what is shown</source>
        <translation>显示的几乎没有别人</translation>
    </message>
    <message numerus="yes">
        <source>in {n} photo</source>
        <translation><numerusform>出自 {n} 张照片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>in {n} photos</source>
        <translation><numerusform>出自 {n} 张照片</numerusform></translation>
    </message>
    <message>
        <source>looking straight ahead</source>
        <translation>正面</translation>
    </message>
    <message>
        <source>nearly all of this person, and others with them</source>
        <translation>几乎包含此人的全部，但也混有别人</translation>
    </message>
    <message>
        <source>not a face</source>
        <translation>不是人脸</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>perhaps no face at all</source>
        <translation>可能不是人脸</translation>
    </message>
    <message>
        <source>perhaps the same person</source>
        <translation>可能是同一个人</translation>
    </message>
    <message>
        <source>probably all of them right</source>
        <translation>可能全部正确</translation>
    </message>
    <message>
        <source>probably none of them right</source>
        <translation>可能全部有误</translation>
    </message>
    <message>
        <source>probably someone else</source>
        <translation>很可能是别人</translation>
    </message>
    <message>
        <source>probably the same person</source>
        <translation>很可能是同一个人</translation>
    </message>
    <message>
        <source>question {n} of {total}</source>
        <translation>第 {n} 个问题，共 {total} 个</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>已移除</translation>
    </message>
    <message numerus="yes">
        <source>settles {n} face</source>
        <translation><numerusform>可确定 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>settles {n} faces</source>
        <translation><numerusform>可确定 {n} 张人脸</numerusform></translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>清晰</translation>
    </message>
    <message>
        <source>small</source>
        <translation>偏小</translation>
    </message>
    <message>
        <source>statue or picture</source>
        <translation>雕像或画像</translation>
    </message>
    <message>
        <source>stranger</source>
        <translation>陌生人</translation>
    </message>
    <message numerus="yes">
        <source>the next answer settles about {share} of all unnamed faces</source>
        <translation><numerusform>下一个回答约可确定未命名人脸的 {share}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>the next {n} answers settle about {share} of all unnamed faces</source>
        <translation><numerusform>接下来 {n} 个回答约可确定未命名人脸的 {share}</numerusform></translation>
    </message>
    <message>
        <source>turned a little</source>
        <translation>略微侧脸</translation>
    </message>
    <message>
        <source>turned away</source>
        <translation>侧脸</translation>
    </message>
    <message>
        <source>very likely someone else</source>
        <translation>几乎肯定是别人</translation>
    </message>
    <message>
        <source>very likely the same person</source>
        <translation>几乎肯定是同一个人</translation>
    </message>
    <message>
        <source>wide</source>
        <translation>宽松</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>{done} of {faces}</source>
        <translation>{done} / {faces}</translation>
    </message>
    <message>
        <source>{done} of {photos}</source>
        <translation>{done} / {photos}</translation>
    </message>
    <message>
        <source>{done} of {total} pictures</source>
        <translation>{done} / {total} 张图片</translation>
    </message>
    <message>
        <source>{faces} {in_photos}</source>
        <translation>{faces}，{in_photos}</translation>
    </message>
    <message>
        <source>{faces}, the {n} clearest are shown</source>
        <translation>{faces}，显示最清晰的 {n} 张</translation>
    </message>
    <message>
        <source>{name} cannot be compared: the face is gone, or was read by another model.</source>
        <translation>无法比较{name}：人脸已不存在，或由其他模型读取。</translation>
    </message>
    <message>
        <source>{name} is in one photo twice. Is this {name}?</source>
        <translation>{name}在一张照片中出现了两次。这是{name}吗？</translation>
    </message>
    <message>
        <source>{name} is looked for. Click to leave this person out (Space).</source>
        <translation>正在查找{name}。点按以排除此人（空格键）。</translation>
    </message>
    <message>
        <source>{name} is switched off. Click to look for this person again (Space).</source>
        <translation>{name}已停用。点按以再次查找此人（空格键）。</translation>
    </message>
    <message>
        <source>{name}, a suggestion that waits for your yes or no</source>
        <translation>{name}，等待你确认的建议</translation>
    </message>
    <message>
        <source>{name}, confirmed</source>
        <translation>{name}，已确认</translation>
    </message>
    <message>
        <source>{name}, confirmed by you</source>
        <translation>{name}，由你确认</translation>
    </message>
    <message>
        <source>{name}, left out</source>
        <translation>{name}，已排除</translation>
    </message>
    <message>
        <source>{name}, looked for</source>
        <translation>{name}，正在查找</translation>
    </message>
    <message>
        <source>{name}, named automatically: it is sure enough, and you can correct it</source>
        <translation>{name}，自动命名：把握足够大，你也可以更正</translation>
    </message>
    <message>
        <source>{name}, off</source>
        <translation>{name}，已停用</translation>
    </message>
    <message>
        <source>{name}, the most alike</source>
        <translation>{name}，最相似</translation>
    </message>
    <message>
        <source>{name}, {margin} less</source>
        <translation>{name}，低 {margin}</translation>
    </message>
    <message>
        <source>{name}, {margin} more</source>
        <translation>{name}，高 {margin}</translation>
    </message>
    <message>
        <source>{name}, {name2}</source>
        <translation>{name}、{name2}</translation>
    </message>
    <message>
        <source>{name}; the first face is in the same photo</source>
        <translation>{name}；第一张人脸在同一张照片中</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>{n} a second</source>
        <translation>每秒 {n} 张</translation>
    </message>
    <message numerus="yes">
        <source>{n} face</source>
        <translation><numerusform>{n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} face could not be prepared: its photo cannot be read now. Connect its drive and go on.</source>
        <translation><numerusform>{n} 张人脸无法准备：目前无法读取其照片。请连接磁盘后继续。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} face prepared</source>
        <translation><numerusform>已准备 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} faces</source>
        <translation><numerusform>{n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} faces could not be prepared: their photos cannot be read now. Connect their drives and go on.</source>
        <translation><numerusform>{n} 张人脸无法准备：目前无法读取其照片。请连接磁盘后继续。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} faces prepared</source>
        <translation><numerusform>已准备 {n} 张人脸</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} more</source>
        <translation><numerusform>另外 {n} 个</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} people</source>
        <translation><numerusform>{n} 个人物</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} person</source>
        <translation><numerusform>{n} 个人物</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photo</source>
        <translation><numerusform>{n} 张照片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photo could not be read</source>
        <translation><numerusform>{n} 张照片无法读取</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photo is off the list until its file changes.</source>
        <translation><numerusform>{n} 张照片已移出列表，直到文件有变化。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photo read</source>
        <translation><numerusform>已读取 {n} 张照片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photos</source>
        <translation><numerusform>{n} 张照片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photos are off the list until their files change.</source>
        <translation><numerusform>{n} 张照片已移出列表，直到文件有变化。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photos could not be read</source>
        <translation><numerusform>{n} 张照片无法读取</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} photos read</source>
        <translation><numerusform>已读取 {n} 张照片</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} problem</source>
        <translation><numerusform>{n} 个问题</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} problems</source>
        <translation><numerusform>{n} 个问题</numerusform></translation>
    </message>
    <message>
        <source>{n} px</source>
        <translation>{n} 像素</translation>
    </message>
    <message numerus="yes">
        <source>{n} question answered</source>
        <translation><numerusform>已回答 {n} 个问题</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} questions answered</source>
        <translation><numerusform>已回答 {n} 个问题</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} selected</source>
        <translation><numerusform>已选 {n} 项</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} skipped question comes again the next time.</source>
        <translation><numerusform>跳过的 {n} 个问题下次会再次出现。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} skipped questions come again the next time.</source>
        <translation><numerusform>跳过的 {n} 个问题下次会再次出现。</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} vector</source>
        <translation><numerusform>{n} 个向量</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} vectors</source>
        <translation><numerusform>{n} 个向量</numerusform></translation>
    </message>
    <message>
        <source>{photos} found so far</source>
        <translation>目前找到 {photos}</translation>
    </message>
    <message>
        <source>{phrase}, {phrase2}</source>
        <translation>{phrase}，{phrase2}</translation>
    </message>
    <message>
        <source>{said}.</source>
        <translation>{said}。</translation>
    </message>
    <message>
        <source>{score} with all that is known of {name}</source>
        <translation>与{name}的全部资料相比为 {score}</translation>
    </message>
    <message>
        <source>{score} with the face beside it</source>
        <translation>与旁边的人脸相比为 {score}</translation>
    </message>
    <message>
        <source>{score} with what was looked for</source>
        <translation>与所查找的人脸相比为 {score}</translation>
    </message>
    <message>
        <source>{sentence} {sentence2}</source>
        <translation>{sentence}{sentence2}</translation>
    </message>
    <message>
        <source>{title}: {text}</source>
        <translation>{title}：{text}</translation>
    </message>
    <message>
        <source>{word}, {score}</source>
        <translation>{word}，{score}</translation>
    </message>
    <message>
        <source>“Different people” for {faces}</source>
        <translation>将 {faces}标为“不同的人”</translation>
    </message>
    <message>
        <source>“Not this person” for {faces}</source>
        <translation>将 {faces}标为“不是此人”</translation>
    </message>
    <message>
        <source>“Not {name}” for {faces}</source>
        <translation>将 {faces}标为“不是{name}”</translation>
    </message>
    <message>
        <source>“Same person” for {faces}</source>
        <translation>将 {faces}标为“同一个人”</translation>
    </message>
    <message>
        <source>“Two people” for {names}</source>
        <translation>将{names}标为“两个人”</translation>
    </message>
</context>
</TS>
